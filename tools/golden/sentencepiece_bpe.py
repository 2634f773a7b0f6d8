#!/usr/bin/env python3
"""What SentencePiece's BPE trainer learns with the settings of BpeSettings.gemma4, for SentencePieceGoldenTest and TokenizerTraining.

    sentencepiece_bpe.py VOCABULARY COVERAGE OUT.json TEXT...     learns from lines, writes the pieces in order of id
    sentencepiece_bpe.py VOCABULARY COVERAGE - TEXT...            prints the seconds that training took

sentencepiece 0.2.2. Lines keep their carriage returns out: SentencePiece's Python iterator drops them.
"""
import io
import json
import sys
import time
from pathlib import Path

import sentencepiece

CONTROL = ["<mask>", "<|tool>", "<tool|>", "<|tool_call>", "<tool_call|>", "<|tool_response>", "<tool_response|>", '<|"|>',
           "<|think|>", "<|channel>", "<channel|>", "<|turn>", "<turn|>", "<|image>", "<|image|>", "<image|>", "<|audio>",
           "<|audio|>", "<audio|>", "<|video|>"]
RUNS = ["\n" * n for n in (1, 2, 4, 8, 16)] + ["\u2581" * n for n in (2, 4, 8, 16)] + ["\t"]


def main():
    vocabulary, coverage, out, *files = sys.argv[1:]
    lines = []
    for file in files:
        text = Path(file).read_bytes().decode("utf-8")
        lines += [line for line in text.replace("\r\n", "\n").split("\n") if line]
    model = io.BytesIO()
    start = time.perf_counter()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines), model_writer=model, model_type="bpe", vocab_size=int(vocabulary), num_threads=2,
        byte_fallback=True, split_digits=True, normalization_rule_name="identity", character_coverage=float(coverage),
        remove_extra_whitespaces=False, add_dummy_prefix=False, control_symbols=CONTROL, user_defined_symbols=RUNS,
        max_sentence_length=1 << 24, pad_id=0, eos_id=1, bos_id=2, unk_id=3, pad_piece="<pad>", eos_piece="<eos>",
        bos_piece="<bos>", unk_piece="<unk>", minloglevel=1)
    if out == "-":
        print(f"{time.perf_counter() - start:.3f}")
        return
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    pieces = [processor.id_to_piece(i) for i in range(processor.get_piece_size())]
    Path(out).write_text(json.dumps(pieces, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
