#!/usr/bin/env python3
"""Writes the files that fuzzing starts from, whole ones and hostile ones: formats of models, PDF, sound, video.

  python3 tools/fuzz/seeds.py        (from the repository's root; Python's own library is enough)

They lie in {content,model}/src/test/resources/fuzz/TARGET, beside inputs that a fuzzer found, and are read by every test run.
"""

import json
import struct
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def put(module, target, name, data):
    file = ROOT / module / "src/test/resources/fuzz" / target / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data if isinstance(data, bytes) else data.encode())


# safetensors: u64 length, a header in JSON, data

SIZES = dict(hidden=4, ff=8, vocabulary=6)


def llama_tensors():
    h, f, v = SIZES["hidden"], SIZES["ff"], SIZES["vocabulary"]
    layer = "model.layers.0."
    return {
        "model.embed_tokens.weight": [v, h],
        "model.norm.weight": [h],
        layer + "input_layernorm.weight": [h],
        layer + "self_attn.q_proj.weight": [h, h],
        layer + "self_attn.k_proj.weight": [2, h],
        layer + "self_attn.v_proj.weight": [2, h],
        layer + "self_attn.o_proj.weight": [h, h],
        layer + "post_attention_layernorm.weight": [h],
        layer + "mlp.gate_proj.weight": [f, h],
        layer + "mlp.up_proj.weight": [f, h],
        layer + "mlp.down_proj.weight": [h, f],
    }


def product(shape):
    n = 1
    for size in shape:
        n *= size
    return n


def safetensors(tensors):
    header, at = {"__metadata__": {"format": "pt"}}, 0
    for name, shape in tensors.items():
        end = at + 4 * product(shape)
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [at, end]}
        at = end
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + struct.pack("<f", 0.5) * (at // 4)


def header_only(text, data=b""):
    return struct.pack("<Q", len(text)) + text.encode() + data


def write_safetensors():
    put("model", "safetensors", "llama", safetensors(llama_tensors()))
    one = '{"a":{"dtype":"%s","shape":%s,"data_offsets":%s}}'
    put("model", "safetensors", "header-of-2-exabytes", struct.pack("<Q", 1 << 61) + b"{}")
    put("model", "safetensors", "shape-overflows", header_only(one % ("F32", "[4294967296,4294967296]", "[0,0]")))
    put("model", "safetensors", "offsets-backwards", header_only(one % ("F32", "[1]", "[4,0]"), b"\0" * 4))
    put("model", "safetensors", "offsets-negative", header_only(one % ("U8", "[4]", "[-4,0]"), b"\0" * 4))
    put("model", "safetensors", "nested-10000", header_only('{"a":' + "[" * 10_000, b""))
    put("model", "safetensors", "no-elements", header_only(one % ("F32", "[0,7]", "[0,0]")))
    index = {"metadata": {"total_size": 1}, "weight_map": {n: "a.safetensors" for n in llama_tensors()}}
    put("model", "safetensors-index", "llama", json.dumps(index))
    for name, file in [("climbs", "../a.safetensors"), ("absolute", "/etc/passwd"), ("nul", "a\\u0000.safetensors")]:
        put("model", "safetensors-index", name, '{"weight_map":{"model.norm.weight":"%s"}}' % file)
    put("model", "safetensors-index", "is-itself", '{"weight_map":{"x":"model.safetensors.index.json"}}')
    config = {
        "model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_size": 4, "intermediate_size": 8, "vocab_size": 6,
        "num_hidden_layers": 1, "num_attention_heads": 2, "num_key_value_heads": 1, "max_position_embeddings": 64,
        "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "hidden_act": "silu", "tie_word_embeddings": True,
        "rope_scaling": {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
                         "original_max_position_embeddings": 32}}
    put("model", "config", "llama", json.dumps(config))
    put("model", "config", "llama-rope-none", json.dumps({**config, "rope_scaling": None, "head_dim": 2}))
    put("model", "config", "sizes-huge", json.dumps({**config, "num_hidden_layers": 1 << 40, "hidden_size": 1 << 62}))
    put("model", "config", "heads-0", json.dumps({**config, "num_attention_heads": 0}))
    put("model", "config", "not-a-number", json.dumps({**config, "rms_norm_eps": "NaN", "rope_theta": -1}))
    put("model", "config", "type-is-a-list", json.dumps({**config, "model_type": ["llama"]}))
    for family, text in [("gemma3_text", {}), ("gemma4", {"text_config": {}, "vision_config": {}, "audio_config": {}}),
                         ("gemma3n", {"text_config": {"laurel_rank": 2, "altup_num_inputs": 4}}), ("qwen3", {})]:
        inner = {"sliding_window": 8, "layer_types": ["full_attention"], "head_dim": 2, "query_pre_attn_scalar": 2}
        whole = {**config, **inner, **{k: {**config, **inner, **v} for k, v in text.items()}, "model_type": family}
        put("model", "config", family, json.dumps(whole))


# GGUF: magic, version, counts, pairs, tensors, aligned data

U32, F32, STRING, ARRAY, U64 = 4, 6, 8, 9, 10


def text(s):
    b = s.encode()
    return struct.pack("<Q", len(b)) + b


def pair(key, kind, value):
    return text(key) + struct.pack("<I", kind) + value


def gguf(pairs, tensors, version=3, count=None, data=b""):
    head = struct.pack("<4sIQQ", b"GGUF", version, len(tensors) if count is None else count, len(pairs))
    body = b"".join(pairs)
    for name, shape, kind, offset in tensors:
        body += text(name) + struct.pack("<I", len(shape)) + b"".join(struct.pack("<Q", n & (2**64 - 1)) for n in shape)
        body += struct.pack("<IQ", kind, offset)
    whole = head + body
    return whole + b"\0" * (-len(whole) % 32) + data


def write_gguf():
    h, f, v = SIZES["hidden"], SIZES["ff"], SIZES["vocabulary"]
    shapes = {
        "token_embd.weight": [v, h], "output_norm.weight": [h], "blk.0.attn_norm.weight": [h], "blk.0.attn_q.weight": [h, h],
        "blk.0.attn_k.weight": [2, h], "blk.0.attn_v.weight": [2, h], "blk.0.attn_output.weight": [h, h],
        "blk.0.ffn_norm.weight": [h], "blk.0.ffn_gate.weight": [f, h], "blk.0.ffn_up.weight": [f, h], "blk.0.ffn_down.weight": [h, f]}
    pairs = [pair("general.architecture", STRING, text("llama"))]
    for key, value in [("block_count", 1), ("embedding_length", h), ("feed_forward_length", f), ("attention.head_count", 2),
                       ("attention.head_count_kv", 1), ("context_length", 64), ("rope.dimension_count", 2)]:
        pairs.append(pair("llama." + key, U32, struct.pack("<I", value)))
    pairs.append(pair("llama.attention.layer_norm_rms_epsilon", F32, struct.pack("<f", 1e-5)))
    pairs.append(pair("tokenizer.ggml.tokens", ARRAY, struct.pack("<IQ", STRING, v) + b"".join(text("t%d" % i) for i in range(v))))
    tensors, at = [], 0
    for name, shape in shapes.items():
        tensors.append((name, shape[::-1], 0, at))
        at += -(-4 * product(shape) // 32) * 32
    put("model", "gguf", "llama", gguf(pairs, tensors, data=b"\0" * at))
    q8 = [("a", [64], 8, 0), ("b", [256], 12, 96)]
    put("model", "gguf", "quantised", gguf([], q8, data=b"\1" * 256))
    put("model", "gguf", "tensors-2-to-60", gguf([], [], count=1 << 60))
    put("model", "gguf", "shape-overflows", gguf([], [("a", [1 << 32, 1 << 32], 0, 0)], data=b"\0" * 32))
    put("model", "gguf", "shape-negative", gguf([], [("a", [-4, 1], 0, 0)], data=b"\0" * 32))
    put("model", "gguf", "offset-behind-the-end", gguf([], [("a", [8], 0, 1 << 62)], data=b"\0" * 32))
    put("model", "gguf", "alignment-0", gguf([pair("general.alignment", U32, struct.pack("<I", 0))], [("a", [8], 0, 0)], data=b"\0" * 32))
    put("model", "gguf", "alignment-2-to-31", gguf([pair("general.alignment", U32, struct.pack("<I", 1 << 31))], [], data=b""))
    deep = b"".join(struct.pack("<IQ", ARRAY, 1) for _ in range(2000))
    put("model", "gguf", "arrays-2000-deep", gguf([pair("k", ARRAY, deep)], []))
    put("model", "gguf", "split-of-1000000", gguf([pair("split.count", U32, struct.pack("<I", 1_000_000)), pair("split.no", U32, struct.pack("<I", 0))], []))


def write_llama2c():
    floats = 6 * 4 + (4 + 16 + 8 + 8 + 16 + 4 + 3 * 4 * 5) + 4 + 8 * 2
    put("model", "llama2c", "whole", struct.pack("<7i", 4, 5, 1, 2, 1, 6, 8) + struct.pack("<f", 0.25) * floats)
    put("model", "llama2c", "largest-sizes", struct.pack("<7i", 1 << 16, 1 << 18, 1 << 12, 1, 1, 1 << 22, 2**31 - 1))
    put("model", "llama2c", "vocabulary-of-minus-2-to-31", struct.pack("<7i", 4, 5, 1, 2, 1, -(2**31), 8))


# tokenizers


def tokenizer(**changes):
    vocab = {"<unk>": 0, "<s>": 1, "</s>": 2, "▁": 3, "h": 4, "e": 5, "l": 6, "o": 7, "he": 8, "ll": 9, "hell": 10, "hello": 11, "▁hello": 12,
             "<0x0A>": 13, "Ġ": 14}
    model = {"type": "BPE", "unk_token": "<unk>", "byte_fallback": True, "fuse_unk": True, "vocab": vocab,
             "merges": [["h", "e"], ["l", "l"], ["he", "ll"], ["hell", "o"], ["▁", "hello"]]}
    added = [{"id": i, "content": t, "special": True, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False}
             for i, t in enumerate(["<unk>", "<s>", "</s>"])]
    whole = {
        "version": "1.0", "added_tokens": added,
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "Prepend", "prepend": "▁"}, {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]},
        "pre_tokenizer": None,
        "post_processor": {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
                           "pair": [], "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}},
        "decoder": {"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "ByteFallback"}, {"type": "Fuse"}]},
        "model": model}
    for path, value in changes.items():
        node = whole
        *parents, last = path.split("__")
        for each in parents:
            node = node[each]
        node[last] = value
    return json.dumps(whole, ensure_ascii=False)


def write_tokenizers():
    put("content", "tokenizer-json", "spaces", tokenizer())
    split = {"type": "Sequence", "pretokenizers": [
        {"type": "Split", "pattern": {"Regex": "[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|\\s+"}, "behavior": "Isolated", "invert": False},
        {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}]}
    put("content", "tokenizer-json", "bytes", tokenizer(normalizer={"type": "NFC"}, pre_tokenizer=split, decoder={"type": "ByteLevel"}, post_processor=None))
    slow = {"type": "Split", "pattern": {"Regex": "(a|a|b?)*(.*)*x"}, "behavior": "Isolated", "invert": False}
    put("content", "tokenizer-json", "pattern-that-never-ends", tokenizer(pre_tokenizer=slow))
    put("content", "tokenizer-json", "id-2-to-31", tokenizer(model__vocab={"<unk>": 0, "<s>": 1, "</s>": 2**31 - 1}))
    put("content", "tokenizer-json", "id-negative", tokenizer(model__vocab={"<unk>": -1, "<s>": 1, "</s>": 2}))
    put("content", "tokenizer-json", "merges-nothing", tokenizer(model__merges=[["x", "y"]]))
    put("content", "tokenizer-json", "added-id-outside", tokenizer(added_tokens=[{"id": 1 << 30, "content": "<x>", "special": True}]))
    put("content", "tokenizer-json", "nested-10000", "[" * 10_000)

    def varint(n):
        out = b""
        while n > 127:
            out, n = out + bytes([n & 127 | 128]), n >> 7
        return out + bytes([n])

    def field(number, data):
        return varint(number << 3 | 2) + varint(len(data)) + data

    def piece(s, score, kind=1):
        return field(1, field(1, s.encode()) + b"\x15" + struct.pack("<f", score) + b"\x18" + varint(kind))

    pieces = [("<unk>", 0.0, 2), ("<s>", 0.0, 3), ("</s>", 0.0, 3)] + [("<0x%02X>" % i, 0.0, 6) for i in (10, 32, 65)]
    pieces += [(s, -float(i), 1) for i, s in enumerate(["▁", "h", "e", "l", "o", "he", "ll", "hell", "hello", "▁hello"])]
    for name, kind in [("unigram", 1), ("bpe", 2)]:
        trainer = field(2, b"\x18" + varint(kind) + b"\x20" + varint(len(pieces)))
        put("content", "tokenizer-model", name, b"".join(piece(*p) for p in pieces) + trainer)
    put("content", "tokenizer-model", "length-of-2-to-63", b"\x0a" + b"\xff" * 9 + b"\x01")
    put("content", "tokenizer-model", "score-not-a-number", b"".join(piece(s, float("nan"), k) for s, _, k in pieces))
    put("content", "tokenizer-model", "trie-of-rules-is-noise", b"".join(piece(*p) for p in pieces) + field(3, field(2, b"\x40\0\0\0" + bytes(range(64)) + b"abc\0")))
    put("content", "tokenizer-bin", "small", struct.pack("<i", 5) + b"".join(struct.pack("<fi", s, len(t.encode())) + t.encode() for t, s, _ in pieces))
    put("content", "tokenizer-bin", "length-negative", struct.pack("<ifi", 5, 0.0, -1))


def write_templates():
    put("content", "chat-template", "turns", "{{ bos_token }}{% for m in messages %}<{{ m['role'] }}>{% if m['content'] is string %}{{ m['content'] | trim }}"
        "{% else %}{% for p in m['content'] %}{{ p.text if p.type == 'text' else '' }}{% endfor %}{% endif %}\n{% endfor %}"
        "{% if add_generation_prompt %}<model>{% endif %}")
    put("content", "chat-template", "macro-and-namespace", "{%- macro show(x, d=0) -%}{%- if x is mapping -%}{%- for k, v in x | dictsort -%}{{ k }}:{{ show(v, d + 1) }},{%- endfor -%}"
        "{%- else -%}{{ x | tojson }}{%- endif -%}{%- endmacro -%}{% set ns = namespace(n=0) %}{% for t in tools %}{% set ns.n = ns.n + loop.index0 %}{{ show(t) }}"
        "{% endfor %}{{ ns.n ~ messages[-1]['role'][::-1] }}{{ strftime_now('%d %b %Y') }}")
    put("content", "chat-template", "calls-itself", "{% macro f(x) %}{{ f(x) }}{% endmacro %}{{ f(1) }}")
    put("content", "chat-template", "doubles-for-ever", "{% set ns = namespace(x='ab') %}{% for i in range(100000) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}")
    put("content", "chat-template", "text-times-2-to-40", "{{ 'ab' * 1099511627776 }}")
    put("content", "chat-template", "range-of-2-to-62", "{{ range(4611686018427387904) | list | length }}{{ 2 ** 9999999 }}{{ 1 // 0 }}{{ 1 % 0 }}")
    put("content", "chat-template", "parentheses-5000-deep", "{{ " + "(" * 5000)
    put("content", "chat-template", "blocks-5000-deep", "{% if 1 %}" * 5000)


write_safetensors()
write_gguf()
write_llama2c()
write_tokenizers()
write_templates()


def write_pdf():
    def pdf(objects):
        out, places = b"%PDF-1.7\n", []
        for i, each in enumerate(objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n" % i + each + b"\nendobj\n"
        table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % p for p in places)
        return out + table + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))

    def stream(data, extra=b""):
        return b"<< /Length %d %s>>\nstream\n" % (len(data), extra) + data + b"\nendstream"

    root, pages = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /XObject << /I 6 0 R >> >> >>"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    image = stream(bytes(range(48)), b"/Type /XObject /Subtype /Image /Width 4 /Height 4 /BitsPerComponent 8 /ColorSpace /DeviceRGB ")
    draw = b"BT /F 12 Tf 10 50 Td (Hello) Tj ET q 40 0 0 40 100 20 cm /I Do Q 1 0 0 rg 5 5 30 10 re f"
    put("content", "pdf", "text-and-picture", pdf([root, pages, page, stream(draw), font, image]))
    put("content", "pdf", "draws-itself", pdf([root, pages, page, stream(b"/I Do"), font, stream(
        b"/I Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /I 6 0 R >> >> ")]))
    put("content", "pdf", "pages-in-a-circle", pdf([root, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]))
    put("content", "pdf", "page-of-nothing", pdf([root, pages, page.replace(b"[0 0 200 100]", b"[0 0 0 0]"), stream(draw), font, image]))
    put("content", "pdf", "picture-of-2-to-62", pdf([root, pages, page, stream(b"/I Do"), font, image.replace(b"/Width 4 /Height 4", b"/Width 2147483647 /Height 2147483647")]))
    put("content", "pdf", "filter-named-1000-times", pdf([root, pages, page, stream(draw, b"/Filter [" + b"/FlateDecode " * 1000 + b"] "), font, image]))


write_pdf()


def write_media():
    def box(name, *content):
        data = b"".join(content)
        return struct.pack(">I", 8 + len(data)) + name + data

    def wav(channels, rate, align, bits, size, data=b""):
        return b"RIFF" + struct.pack("<I", 0xFFFFFFFF) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, channels, rate, rate * align % (1 << 32), align, bits) + b"data" + struct.pack("<I", size) + data

    put("content", "sound", "wav-of-4-gigabytes", wav(1, 16000, 2, 16, 0xFFFFFFFF, b"\1\2" * 50))
    put("content", "sound", "wav-without-channels", wav(0, 16000, 0, 16, 100, b"\1\2" * 50))
    put("content", "sound", "wav-of-65535-channels", wav(65535, 0xFFFFFFFF, 65535, 8, 100, b"\1\2" * 50))
    put("content", "sound", "flac-of-2-to-36-samples", b"fLaC\x80\0\0\x22" + b"\xff" * 34 + b"\xff\xf8" + b"\0" * 60)
    page = b"OggS\0\2" + b"\xff" * 8 + b"\1\0\0\0" + b"\0" * 8 + b"\xff" + b"\xff" * 255
    put("content", "sound", "ogg-of-heads", page * 20)
    put("content", "sound", "id3-of-256-megabytes", b"ID3\4\0\x10\x7f\x7f\x7f\x7f" + b"APIC\x7f\x7f\x7f\x7f\0\0" + b"\xff\xfb\x90\x64" * 40)
    head = box(b"ftyp", b"isom\0\0\2\0isommp42")
    deep = b""
    for _ in range(400):
        deep = box(b"moov", deep)
    put("content", "video", "mp4-400-deep", head + deep)
    big = struct.pack(">III", 0, 0xFFFFFFFF, 0x7FFFFFFF)
    track = box(b"trak", box(b"tkhd", b"\0" * 84), box(b"mdia", box(b"mdhd", b"\0" * 24), box(b"hdlr", b"\0" * 8 + b"vide" + b"\0" * 13), box(
        b"minf", box(b"stbl", box(b"stsd", struct.pack(">II", 0, 0xFFFFFFFF)), box(b"stts", big), box(b"stsc", big), box(b"stsz", big), box(b"co64", big), box(b"ctts", big)))))
    put("content", "video", "mp4-tables-of-2-to-32", head + box(b"moov", box(b"mvhd", b"\0" * 100), track))
    put("content", "video", "mp4-box-of-2-to-63", head + struct.pack(">I", 1) + b"moov" + b"\x7f" + b"\xff" * 7)
    ebml = b"\x1a\x45\xdf\xa3\x8f\x42\x82\x84webm\x42\x87\x81\4\x42\x85\x81\2"
    put("content", "video", "mkv-segments-without-end", ebml + (b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff" + b"\x1f\x43\xb6\x75\x01\xff\xff\xff\xff\xff\xff\xff") * 200)
    put("content", "video", "mkv-element-of-2-to-56", ebml + b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff\x16\x54\xae\x6b\x01\xff\xff\xff\xff\xff\xff\xfe")


write_media()
