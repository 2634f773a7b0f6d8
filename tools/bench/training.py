#!/usr/bin/env python3
"""A miniature Gemma 4 unified in PyTorch, as transformers trains it: what TrainingComparison measures beside Pollux.

    tools/bench/training.py make DIR                       writes config.json and model.safetensors with random weights
    tools/bench/training.py run DIR PRECISION THREADS N    N steps (fp32 or bf16); prints loss, seconds and processor seconds of each

Needs torch, transformers 5.18 and safetensors. The batch is 32 sequences of 128 tokens, so that a padded batch wastes nothing.
"""

import json
import pathlib
import sys
import time

import torch
import transformers

SEQUENCES, LENGTH = 32, 128

CONFIG = {
    "architectures": ["Gemma4UnifiedForConditionalGeneration"], "model_type": "gemma4_unified", "dtype": "float32",
    "tie_word_embeddings": True, "image_token_id": 2040, "audio_token_id": 2041, "video_token_id": 2042, "boi_token_id": 2043,
    "eoi_token_id": 2044, "boa_token_id": 2045, "eoa_token_index": 2046,
    "text_config": {
        "model_type": "gemma4_unified_text", "vocab_size": 2048, "hidden_size": 256, "intermediate_size": 1024,
        "num_hidden_layers": 6, "num_attention_heads": 4, "num_key_value_heads": 2, "num_global_key_value_heads": 1,
        "head_dim": 64, "global_head_dim": 64, "layer_types": ["sliding_attention"] * 5 + ["full_attention"],
        "sliding_window": 128, "max_position_embeddings": 4096, "final_logit_softcapping": 30.0, "attention_k_eq_v": True,
        "use_bidirectional_attention": "vision", "hidden_activation": "gelu_pytorch_tanh", "rms_norm_eps": 1e-06,
        "tie_word_embeddings": True, "pad_token_id": 0, "eos_token_id": 1, "bos_token_id": 2,
        "rope_parameters": {
            "sliding_attention": {"rope_type": "default", "rope_theta": 10000.0},
            "full_attention": {"rope_type": "proportional", "partial_rotary_factor": 0.25, "rope_theta": 1000000.0},
        },
    },
    "vision_config": {
        "model_type": "gemma4_unified_vision", "patch_size": 4, "pooling_kernel_size": 3, "mm_embed_dim": 256,
        "mm_posemb_size": 16, "output_proj_dims": 256, "rms_norm_eps": 1e-06,
    },
    "audio_config": {"model_type": "gemma4_unified_audio", "audio_embed_dim": 40, "rms_norm_eps": 1e-06},
}


def make(folder):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(CONFIG, indent=2))
    torch.manual_seed(1)
    model = transformers.AutoModelForImageTextToText.from_config(transformers.AutoConfig.from_pretrained(folder))
    model.save_pretrained(folder)
    (folder / "config.json").write_text(json.dumps(CONFIG, indent=2))


def run(folder, precision, threads, steps):
    torch.set_num_threads(threads)
    model = transformers.AutoModelForImageTextToText.from_pretrained(folder, attn_implementation="sdpa", dtype=torch.float32)
    model.train()
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-4, betas=(0.9, 0.95), fused=True)
    ids = torch.arange(SEQUENCES * LENGTH).mul(7919).remainder(2000).add(3).reshape(SEQUENCES, LENGTH)
    for step in range(steps):
        start, cpu = time.perf_counter(), time.process_time()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=precision == "bf16"):
            loss = model(input_ids=ids, labels=ids, use_cache=False).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        print(loss.item(), time.perf_counter() - start, time.process_time() - cpu, flush=True)


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[2])
    if sys.argv[1] == "make":
        make(folder)
    else:
        run(folder, sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
