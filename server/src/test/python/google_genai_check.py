"""Google's own SDK for Python, unmodified. Run as: python google_genai_check.py BASE_URL

Prints a line of JSON for each step, like the checks in ../js.
"""

import asyncio
import io
import json
import struct
import sys
import traceback
import wave
import zlib

from google import genai
from google.genai import errors, types

BASE_URL = sys.argv[1]
MODEL = "gemini-2.5-flash"
PROMPT = "What is 2 + 3?"
GREEDY = {"temperature": 0, "max_output_tokens": 24}
RECIPE = types.Schema(
    type="OBJECT",
    properties={"name": types.Schema(type="STRING"), "minutes": types.Schema(type="INTEGER", minimum=1, maximum=90)},
    required=["name", "minutes"],
)
COOK = types.Tool(function_declarations=[types.FunctionDeclaration(name="cook", parameters=RECIPE)])
ANY = types.ToolConfig(function_calling_config=types.FunctionCallingConfig(mode="ANY"))

client = genai.Client(api_key="test-key", http_options=types.HttpOptions(base_url=BASE_URL))
STEPS = {}


def step(name):
    """Makes a function a step of that name."""

    def add(function):
        STEPS[name] = function
        return function

    return add


def generate(contents, **config):
    return client.models.generate_content(model=MODEL, contents=contents, config={**GREEDY, **config})


def png(size=24):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = (b"\x00" + b"\x80" * size) * size
    head = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def wav():
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        file.writeframes(b"\x00\x10" * 8000)
    return out.getvalue()


def assert_recipe(recipe):
    assert isinstance(recipe["name"], str) and 1 <= recipe["minutes"] <= 90, recipe


def error_of(function):
    try:
        function()
    except errors.APIError as error:
        return error
    raise AssertionError("expected an error, found none")


@step("generate")
def _():
    usage = generate(PROMPT).usage_metadata
    assert usage.total_token_count == usage.prompt_token_count + usage.candidates_token_count


@step("stream")
def _():
    chunks = list(client.models.generate_content_stream(model=MODEL, contents="Tell a story.", config=GREEDY))
    assert "".join(chunk.text or "" for chunk in chunks) == generate("Tell a story.").text
    assert chunks[-1].candidates[0].finish_reason == types.FinishReason.MAX_TOKENS


@step("asynchronous stream")
def _():
    async def read():
        stream = await client.aio.models.generate_content_stream(model=MODEL, contents="Tell a story.", config=GREEDY)
        return "".join([chunk.text or "" async for chunk in stream])

    assert asyncio.run(read()) == generate("Tell a story.").text


@step("count tokens")
def _():
    counted = client.models.count_tokens(model=MODEL, contents=PROMPT)
    assert counted.total_tokens == generate(PROMPT).usage_metadata.prompt_token_count


@step("system instruction")
def _():
    assert generate(PROMPT, system_instruction="Be short.").text


@step("chat")
def _():
    chat = client.chats.create(model=MODEL, config=GREEDY)
    chat.send_message(PROMPT)
    assert list(chat.send_message_stream("And 4 + 4?"))
    roles = [turn.role for turn in chat.get_history()]
    assert roles[:3] == ["user", "model", "user"] and set(roles[3:]) == {"model"}  # a turn for each chunk


@step("JSON schema")
def _():
    response = generate("A soup", response_mime_type="application/json", response_schema=RECIPE, max_output_tokens=60)
    assert_recipe(json.loads(response.text))
    assert_recipe(response.parsed)


@step("enum")
def _():
    schema = {"type": "STRING", "enum": ["red", "green"]}
    assert generate("A colour", response_mime_type="text/x.enum", response_schema=schema).text in ("red", "green")


@step("function calls")
def _():
    asked = types.UserContent(parts=[types.Part(text="A soup")])
    response = generate(asked, tools=[COOK], tool_config=ANY, max_output_tokens=80)
    assert response.function_calls
    for call in response.function_calls:
        assert_recipe(call.args)
    results = [types.Part.from_function_response(name=call.name, response={"output": "done"}) for call in response.function_calls]
    after = generate([asked, response.candidates[0].content, types.UserContent(parts=results)], tools=[COOK])
    assert after.candidates


@step("automatic function calls")
def _():
    seen = []

    def cook(name: str) -> str:
        """Cooks."""
        seen.append(name)
        return "done"

    calling = types.AutomaticFunctionCallingConfig(maximum_remote_calls=2)
    generate("A soup", tools=[cook], tool_config=ANY, automatic_function_calling=calling, max_output_tokens=60)
    assert seen


@step("inline image and sound")
def _():
    parts = [types.Part.from_bytes(data=png(), mime_type="image/png"), types.Part.from_bytes(data=wav(), mime_type="audio/wav")]
    details = generate([*parts, "What is this?"]).usage_metadata.prompt_tokens_details
    assert {detail.modality.name for detail in details} == {"TEXT", "IMAGE", "AUDIO"}


@step("files")
def _():
    config = {"mime_type": "image/png", "display_name": "grey"}
    file = client.files.upload(file=io.BytesIO(png()), config=config)
    assert file.state == types.FileState.ACTIVE
    assert client.files.get(name=file.name).display_name == "grey"
    assert any(each.name == file.name for each in client.files.list(config={"page_size": 1}))
    assert generate([file, "What is this?"]).candidates
    client.files.delete(name=file.name)
    assert error_of(lambda: client.files.get(name=file.name)).code == 403


@step("models")
def _():
    assert [model.name for model in client.models.list()] == ["models/pollux-nano"]
    assert client.models.get(model=MODEL).name == "models/" + MODEL


@step("errors")
def _():
    missing = error_of(lambda: client.models.generate_content(model="no-such-model", contents=PROMPT))
    assert (missing.code, missing.status) == (404, "NOT_FOUND")
    assert "expected 0 to 2" in error_of(lambda: generate(PROMPT, temperature=9)).message


failed = False
for name, body in STEPS.items():
    try:
        body()
        print(json.dumps({"step": name}), flush=True)
    except Exception:
        failed = True
        print(json.dumps({"step": name, "error": traceback.format_exc()}), flush=True)
sys.exit(1 if failed else 0)
