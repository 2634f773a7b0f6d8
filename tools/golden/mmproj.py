#!/usr/bin/env python3
"""Makes the projector files that the tests of GGUF media read, by llama.cpp's own converter.

    mmproj.py LLAMA_CPP GOLDENS OUT

LLAMA_CPP is a checkout of llama.cpp, GOLDENS the folder that has gemma4/vision and others, OUT
model/src/test/resources/golden/mmproj. Needs torch, transformers and what llama.cpp's converter
asks for. The weights are random and tiny: those of the goldens, whose vision.* tensors hold for
these files too.
"""
import pathlib
import subprocess
import sys

# Each projector's golden, and a decoder of the same size that it is read with.
CASES = {
    "gemma3": ("gemma3/vision", "gemma3/text/model-f32.gguf"),
    "gemma4-clipped": ("gemma4/vision", "gemma4/e2b-like/model-f32.gguf"),
    "gemma4-standardised": ("gemma4/bidirectional-vision", "gemma4/dense-like/model-f32.gguf"),
    "gemma4-unified": ("gemma4_unified/image", "gemma4_unified/text/model-f32.gguf"),
}


def main() -> None:
    llama_cpp, goldens, out = (pathlib.Path(argument) for argument in sys.argv[1:4])
    for name, (case, decoder) in CASES.items():
        target = out / name / "mmproj-f32.gguf"
        target.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [sys.executable, llama_cpp / "convert_hf_to_gguf.py", goldens / case / "hf", "--mmproj"]
            + ["--outtype", "f32", "--outfile", target, "--model-name", "tiny"],
            check=True,
            env={"PYTHONPATH": str(llama_cpp / "gguf-py")},
        )
        (target.parent / "case.txt").write_text(f"{case}\n{decoder}\n")
        print(target, target.stat().st_size)


if __name__ == "__main__":
    main()
