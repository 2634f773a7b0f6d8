"""Values, their encodings by llama.cpp's reference quantisers, and what gguf's numpy code decodes from those.

    python generate.py LIBGGML_BASE     path of llama.cpp's libggml-base.so

Where gguf can quantise too (not the K-quants), both must give the same bytes.
"""
import ctypes
import pathlib
import sys

import gguf
import numpy as np

N = 1024
HERE = pathlib.Path(__file__).parent
library = ctypes.CDLL(sys.argv[1])
random = np.random.default_rng(1)

x = (random.standard_normal(N) * np.exp(random.standard_normal(N) / 2)).astype(np.float32)
x[0:32] = 0
x[32:64] = 1.5
x[64:96] = -2.25
x[96:128] = np.arange(32) - 16
x[256:512] *= 1e-6
x[512:528] = 0
x[544:576] *= 100
x.tofile(HERE / "values.bin")


def pointer(array):
    return array.ctypes.data_as(ctypes.c_void_p)


def quantize(name):
    block, size = gguf.GGML_QUANT_SIZES[gguf.GGMLQuantizationType[name]]
    data = np.zeros(N // block * size, np.uint8)
    function = {"F16": "ggml_fp32_to_fp16_row", "BF16": "ggml_fp32_to_bf16_row_ref"}.get(
        name, f"quantize_row_{name.lower().replace('_k', '_K')}_ref")
    getattr(library, function)(pointer(x), pointer(data), ctypes.c_int64(N))
    return data


for name in ["F16", "BF16", "Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q4_K", "Q5_K", "Q6_K"]:
    kind = gguf.GGMLQuantizationType[name]
    data = quantize(name)
    if not name.endswith("_K"):
        assert np.array_equal(gguf.quants.quantize(x, kind).view(np.uint8).reshape(-1), data), name
    data.tofile(HERE / f"{name}.bin")
    typed = data.view(np.float16) if name == "F16" else data
    gguf.quants.dequantize(typed, kind).astype(np.float32).reshape(-1).tofile(HERE / f"{name}-decoded.bin")
