"""Gemma 4 with sounds, under the attention that transformers uses unless told otherwise.

With attn_implementation="eager", transformers 5.18 gives the sound tower an additive mask (0 where a row may look) and
then takes its logical_not as if it were one of booleans: rows see what they must not and nothing else. The default,
"sdpa", gives booleans and is right; llama.cpp agrees with it. The shared goldens were made with "eager". This makes
again, from the shared weights, ids and features (clips of a prompt padded to one length, as the processor does):

    CASE.safetensors          the tower's states, all valid rows
    CASE-prompts.safetensors  embeddings, blocks, logits of every eighth row, the last among them, and greedy tokens

It prints how far both implementations are from the shared goldens, and by how much each greedy step leads.
With --llama-cpp, also what its converter makes of the tower of gemma4/mixed: the projector file, without what sees.

    python tools/golden/gemma4_audio.py --goldens ../shared/goldens --out model/src/test/resources/golden/gemma4-audio --llama-cpp SOURCE
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from transformers import Gemma4ForConditionalGeneration

CASES = ["audio", "mixed"]
EVERY = 8
NEW_TOKENS = 24


def load(folder, attention):
    model = Gemma4ForConditionalGeneration.from_pretrained(
        folder / "hf", dtype=torch.float32, attn_implementation=attention
    ).eval()
    model.generation_config.eos_token_id = None
    model.generation_config.pad_token_id = 0
    return model


def inputs(prompt, expected):
    """What the processor gave the model for one prompt."""
    name = prompt["name"]
    ids = torch.tensor([prompt["ids"]])
    given = {
        "input_ids": ids,
        "attention_mask": torch.ones_like(ids),
        "mm_token_type_ids": expected.get_tensor(f"{name}.media_kind")[None].long(),
        "input_features": expected.get_tensor(f"{name}.audio_features_padded"),
        "input_features_mask": expected.get_tensor(f"{name}.audio_features_mask").bool(),
    }
    if f"{name}.pixel_values" in expected.keys():
        given["pixel_values"] = expected.get_tensor(f"{name}.pixel_values")[None]
        given["image_position_ids"] = expected.get_tensor(f"{name}.position_ids")[None].long()
    return given


def states(model, given):
    """What passes through the modules: the tower's valid rows, and all rows of the decoder."""
    found = {}
    handles = []

    def watch(module, name, pick=lambda o: o[0] if isinstance(o, tuple) else o):
        handles.append(module.register_forward_hook(lambda m, i, o: found.__setitem__(name, pick(o).clone())))

    tower, text = model.model.audio_tower, model.model.language_model
    for n, layer in enumerate(tower.layers):
        watch(layer, f"audio.block.{n}")
    watch(tower, "audio.encoded", lambda o: o.last_hidden_state)
    watch(model.model.embed_audio, "audio.output")
    handles.append(
        text.register_forward_pre_hook(
            lambda m, a, k: found.__setitem__("embeddings", k["inputs_embeds"].clone()), with_kwargs=True
        )
    )
    for n, layer in enumerate(text.layers):
        watch(layer, f"block.{n}")
    watch(text.norm, "final_norm")
    found["logits"] = model(**given, use_cache=False).logits
    for handle in handles:
        handle.remove()
    valid = given["input_features_mask"][:, ::2][:, ::2]
    for name, values in found.items():
        if name.startswith("audio."):
            found[name] = values[valid] if values.dim() == 3 else values
        else:
            found[name] = values[0]
    return found


def greedy(model, given):
    """The tokens, and by how much the closest step leads."""
    out = model.generate(
        **given, do_sample=False, max_new_tokens=NEW_TOKENS, return_dict_in_generate=True, output_logits=True
    )
    top = torch.stack(out.logits)[:, 0].topk(2, -1).values
    return out.sequences[0, given["input_ids"].shape[1] :].int(), float((top[:, 0] - top[:, 1]).min())


def difference(found, expected, name):
    """The largest difference of each kind to the shared goldens."""
    worst = {}
    for stage, values in found.items():
        kind = ".".join(part for part in stage.split(".") if not part.isdigit())
        apart = float((values - expected.get_tensor(f"{name}.{stage}")).abs().max())
        worst[kind] = max(worst.get(kind, 0), apart)
    return {kind: float(f"{apart:.2g}") for kind, apart in worst.items()}


def case(folder, out):
    models = {attention: load(folder, attention) for attention in ("eager", "sdpa")}
    tower, prompts = {}, {}
    with safe_open(folder / "expected.safetensors", "pt") as expected:
        for prompt in json.loads((folder / "input.json").read_text())["prompts"]:
            name = prompt["name"]
            if f"{name}.audio_features" not in expected.keys():
                continue
            given = inputs(prompt, expected)
            for attention, model in models.items():
                found = states(model, given)
                tokens, lead = greedy(model, given)
                same = torch.equal(tokens, expected.get_tensor(f"{name}.greedy"))
                print(folder.name, name, attention, difference(found, expected, name), f"greedy same: {same}, lead {lead:.3f}")
            rows = torch.arange(len(prompt["ids"]) - 1, -1, -EVERY).flip(0)
            prompts[f"{name}.rows"] = rows.int()
            prompts[f"{name}.greedy"] = tokens
            for stage, values in found.items():
                if stage.startswith("audio."):
                    tower[f"{name}.{stage}"] = values.contiguous()
                else:
                    prompts[f"{name}.{stage}"] = values[rows].contiguous()
    save_file(tower, out / f"{folder.name}.safetensors")
    save_file(prompts, out / f"{folder.name}-prompts.safetensors")


def projector(llama_cpp, folder, out):
    """The converter's file with the tensors and keys of sound alone."""
    sys.path.insert(0, str(llama_cpp / "gguf-py"))
    import gguf

    with tempfile.TemporaryDirectory() as scratch:
        whole = pathlib.Path(scratch) / "mmproj.gguf"
        subprocess.run(
            [sys.executable, llama_cpp / "convert_hf_to_gguf.py", folder / "hf", "--mmproj"]
            + ["--outtype", "f32", "--outfile", whole, "--model-name", "tiny"],
            check=True,
            env={"PYTHONPATH": str(llama_cpp / "gguf-py")},
        )
        reader = gguf.GGUFReader(whole)
        writer = gguf.GGUFWriter(out, "clip")
        for key, field in reader.fields.items():
            if not key.startswith(("GGUF.", "general.architecture", "clip.vision", "clip.has_vision")):
                writer.add_key_value(key, field.contents(), field.types[0])
        for tensor in reader.tensors:
            if tensor.name.startswith(("a.", "mm.a.")):
                writer.add_tensor(tensor.name, tensor.data)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--goldens", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--llama-cpp", type=pathlib.Path)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    for name in CASES:
        case(options.goldens / "gemma4" / name, options.out)
    if options.llama_cpp:
        projector(options.llama_cpp, options.goldens / "gemma4" / "mixed", options.out / "mmproj-f32.gguf")


if __name__ == "__main__":
    main()
