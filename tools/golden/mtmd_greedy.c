/* Greedy continuation of a prompt with media by llama.cpp's libraries, see mtmd_greedy.py:
 *
 *   mtmd_greedy MODEL MMPROJ COUNT IMAGE_ID AUDIO_ID MEDIUM... -- ID...
 *
 * MEDIUM is WIDTHxHEIGHT:FILE of RGB bytes or audio:FILE of float32 samples; each run of IMAGE_ID or AUDIO_ID among the
 * ids is one medium. Prints COUNT tokens; with COUNT 0 only encodes. The environment's ROWS names a file that gets the rows
 * of the encoders. Float32 keys and values, no flash attention, one thread. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "ggml.h"
#include "llama.h"
#include "mtmd-helper.h"
#include "mtmd.h"

static void quiet(enum ggml_log_level level, const char *text, void *data) {
    if (level == GGML_LOG_LEVEL_ERROR) fputs(text, stderr);
    (void)data;
}

static void fail(const char *what) {
    fprintf(stderr, "%s failed\n", what);
    exit(1);
}

static mtmd_bitmap *medium(const char *spec) {
    const char *colon = strchr(spec, ':');
    FILE *file = fopen(colon + 1, "rb");
    if (!file) fail(spec);
    fseek(file, 0, SEEK_END);
    size_t size = ftell(file);
    rewind(file);
    unsigned char *data = malloc(size);
    if (fread(data, 1, size, file) != size) fail(spec);
    fclose(file);
    int width, height;
    return sscanf(spec, "%dx%d:", &width, &height) == 2
               ? mtmd_bitmap_init(width, height, data)
               : mtmd_bitmap_init_from_audio(size / sizeof(float), (float *)data);
}

/* Encodes a medium and, unless only rows are wanted, gives its rows to the decoder. */
static llama_pos see(mtmd_context *mtmd, struct llama_context *context, const char *spec, int decodes, llama_pos past) {
    const mtmd_bitmap *bitmap = medium(spec);
    struct mtmd_input_text text = {mtmd_get_marker(mtmd), strlen(mtmd_get_marker(mtmd)), false, true};
    mtmd_input_chunks *chunks = mtmd_input_chunks_init();
    if (mtmd_tokenize(mtmd, chunks, &text, &bitmap, 1)) fail("mtmd_tokenize");
    for (size_t i = 0; i < mtmd_input_chunks_size(chunks); i++) {
        const mtmd_input_chunk *chunk = mtmd_input_chunks_get(chunks, i);
        if (mtmd_input_chunk_get_type(chunk) == MTMD_INPUT_CHUNK_TYPE_TEXT) continue; /* the ids have it */
        if (mtmd_encode_chunk(mtmd, chunk)) fail("mtmd_encode_chunk");
        float *rows = mtmd_get_output_embd(mtmd);
        if (getenv("ROWS")) {
            FILE *out = fopen(getenv("ROWS"), "ab");
            fwrite(rows, sizeof(float) * llama_model_n_embd(llama_get_model(context)), mtmd_input_chunk_get_n_tokens(chunk), out);
            fclose(out);
        }
        if (decodes && mtmd_helper_decode_image_chunk(mtmd, context, chunk, rows, past, 0, 1024, &past, NULL, NULL)) {
            fail("mtmd_helper_decode_image_chunk");
        }
    }
    return past;
}

static llama_pos read(struct llama_context *context, const int *ids, int count, llama_pos past) {
    struct llama_batch batch = llama_batch_init(count, 0, 1);
    batch.n_tokens = count;
    for (int i = 0; i < count; i++) {
        batch.token[i] = ids[i];
        batch.pos[i] = past + i;
        batch.n_seq_id[i] = 1;
        batch.seq_id[i][0] = 0;
        batch.logits[i] = i == count - 1;
    }
    if (llama_decode(context, batch)) fail("llama_decode");
    llama_batch_free(batch);
    return past + count;
}

int main(int argc, char **argv) {
    llama_log_set(quiet, NULL);
    mtmd_log_set(quiet, NULL);
    mtmd_helper_log_set(quiet, NULL);
    llama_backend_init();
    struct llama_model *model = llama_model_load_from_file(argv[1], llama_model_default_params());
    if (!model) fail("llama_model_load_from_file");
    struct llama_context_params params = llama_context_default_params();
    params.n_ctx = params.n_batch = params.n_ubatch = 1024;
    params.n_threads = params.n_threads_batch = 1;
    params.type_k = params.type_v = GGML_TYPE_F32;
    params.flash_attn_type = LLAMA_FLASH_ATTN_TYPE_DISABLED;
    params.swa_full = true;
    struct llama_context *context = llama_init_from_model(model, params);
    struct mtmd_context_params given = mtmd_context_params_default();
    given.use_gpu = given.warmup = false;
    given.n_threads = 1;
    given.image_min_tokens = 1; /* pictures have their size already */
    given.image_max_tokens = 1000;
    given.flash_attn_type = LLAMA_FLASH_ATTN_TYPE_DISABLED;
    mtmd_context *mtmd = context ? mtmd_init_from_file(argv[2], model, given) : NULL;
    if (!mtmd) fail("mtmd_init_from_file");
    int count = atoi(argv[3]), image = atoi(argv[4]), audio = atoi(argv[5]), media = 6, first = 6;
    while (strcmp(argv[first++], "--")) {}
    int *ids = malloc(sizeof(int) * argc), all = argc - first;
    for (int i = 0; i < all; i++) ids[i] = atoi(argv[first + i]);
    llama_pos past = 0;
    for (int i = 0, end; i < all; i = end) {
        int isMedium = ids[i] == image || ids[i] == audio;
        for (end = i + 1; end < all && (isMedium ? ids[end] == ids[i] : ids[end] != image && ids[end] != audio);) end++;
        if (isMedium) {
            past = see(mtmd, context, argv[media++], count, past);
        } else if (count) {
            past = read(context, ids + i, end - i, past);
        }
    }
    int vocabulary = llama_vocab_n_tokens(llama_model_get_vocab(model));
    for (int step = 0; step < count; step++) {
        const float *logits = llama_get_logits_ith(context, -1);
        int best = 0;
        for (int i = 0; i < vocabulary; i++) best = logits[i] > logits[best] ? i : best;
        printf("%d ", best);
        past = read(context, &best, 1, past);
    }
    printf("\n");
    return 0;
}
