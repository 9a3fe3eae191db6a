/*
 * Calls every function of enfr.h with good and bad arguments, and checks statuses, messages and results against each other:
 *
 *     exercise MODEL_FOLDER SCRATCH_FOLDER ID...
 *
 * The ids are a source. What the functions made of it is printed, for the test that runs this to compare with the C# model.
 */
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "enfr.h"

/* How often each thread decodes. */
#define RUNS 3

static int checks, failures;

/* The status must be as expected, and a failure's message must say this. */
#define EXPECT(expected, says, call) expect(__LINE__, #call, (expected), (says), (call))
#define CHECK(condition) check(__LINE__, #condition, (condition))

static void check(int line, const char *text, int holds)
{
    checks++;
    if (!holds) {
        failures++;
        printf("line %d: not so: %s\n", line, text);
    }
}

static void expect(int line, const char *text, enfr_status expected, const char *says, enfr_status status)
{
    checks++;
    if (status != expected || (status != ENFR_OK && !strstr(enfr_last_error(), says))) {
        failures++;
        printf("line %d: %s\n    gave %s, not %s: %s\n", line, text, enfr_status_name(status), enfr_status_name(expected), enfr_last_error());
    }
}

static char weights_path[1024], tokenizer_path[1024], damaged_path[1024];
static int32_t source[ENFR_SOURCE_LENGTH + 1], target[ENFR_TARGET_LENGTH];
static int32_t source_length, target_length;
static float logits[ENFR_TARGET_VOCAB_SIZE], other_logits[ENFR_TARGET_VOCAB_SIZE];

/* One byte more, so that a state can also lie where it must not. */
static _Alignas(ENFR_STATE_ALIGNMENT) unsigned char state[ENFR_STATE_BYTES + 4];
static _Alignas(ENFR_STATE_ALIGNMENT) unsigned char batch[ENFR_BATCH_BYTES + 4];

static char *read_file(const char *path, long *length)
{
    FILE *file = fopen(path, "rb");
    char *bytes;
    if (!file || fseek(file, 0, SEEK_END) != 0 || (*length = ftell(file)) <= 0 || fseek(file, 0, SEEK_SET) != 0
        || !(bytes = malloc((size_t)*length)) || fread(bytes, 1, (size_t)*length, file) != (size_t)*length) {
        fprintf(stderr, "cannot read %s\n", path);
        exit(2);
    }

    fclose(file);
    return bytes;
}

static void write_file(const char *path, const char *bytes, long length)
{
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, (size_t)length, file) != (size_t)length || fclose(file) != 0) {
        fprintf(stderr, "cannot write %s\n", path);
        exit(2);
    }
}

static void print_ids(const char *name, const int32_t *ids, int32_t length)
{
    printf("%s:", name);
    for (int32_t i = 0; i < length; i++) {
        printf(" %d", (int)ids[i]);
    }

    printf("\n");
}

static void names(void)
{
    CHECK(enfr_state_bytes() == ENFR_STATE_BYTES);
    CHECK(enfr_batch_bytes() == ENFR_BATCH_BYTES);
    CHECK(enfr_last_error()[0] == 0);
    for (enfr_status status = ENFR_OK; status <= ENFR_UNEXPECTED; status++) {
        CHECK(strcmp(enfr_status_name(status), "unknown status") != 0);
    }

    CHECK(strcmp(enfr_status_name(ENFR_OK), "ok") == 0);
    CHECK(strcmp(enfr_status_name(ENFR_UNEXPECTED + 1), "unknown status") == 0);
    CHECK(strcmp(enfr_status_name(-1), "unknown status") == 0);
}

static enfr_model *creation(void)
{
    enfr_model *model = (enfr_model *)(intptr_t)7, *second;
    long length;
    char *bytes = read_file(weights_path, &length);

    EXPECT(ENFR_INVALID_ARGUMENT, "model is NULL", enfr_create_from_file(weights_path, 1, NULL));
    EXPECT(ENFR_INVALID_ARGUMENT, "path is NULL", enfr_create_from_file(NULL, 1, &model));
    CHECK(model == NULL);
    EXPECT(ENFR_INVALID_UTF8, "UTF-8", enfr_create_from_file("\xff\xfe", 1, &model));
    EXPECT(ENFR_WEIGHTS, "no such file", enfr_create_from_file("/no/such/file", 1, &model));
    EXPECT(ENFR_INVALID_ARGUMENT, "threads", enfr_create_from_file(weights_path, 0, &model));
    EXPECT(ENFR_INVALID_ARGUMENT, "threads", enfr_create_from_file(weights_path, -1, &model));
    EXPECT(ENFR_WEIGHTS, "Cannot load", enfr_create_from_file(tokenizer_path, 1, &model));
    write_file(damaged_path, bytes, length / 2);
    EXPECT(ENFR_WEIGHTS, "Cannot load", enfr_create_from_file(damaged_path, 1, &model));
    CHECK(model == NULL);

    EXPECT(ENFR_INVALID_ARGUMENT, "bytes is NULL", enfr_create_from_memory(NULL, 5, 1, &model));
    EXPECT(ENFR_INVALID_ARGUMENT, "length of bytes is -1", enfr_create_from_memory(bytes, -1, 1, &model));
    EXPECT(ENFR_INVALID_ARGUMENT, "loaded by its path", enfr_create_from_memory(bytes, INT64_C(1) << 40, 1, &model));
    EXPECT(ENFR_WEIGHTS, "Cannot load", enfr_create_from_memory(NULL, 0, 1, &model));
    EXPECT(ENFR_WEIGHTS, "Cannot load", enfr_create_from_memory(bytes, length - 1, 1, &model));
    CHECK(model == NULL);

    EXPECT(ENFR_OK, "", enfr_create_from_file(weights_path, 1, &model));
    EXPECT(ENFR_OK, "", enfr_generate(model, state, source, source_length, target, ENFR_TARGET_LENGTH, &target_length));
    CHECK(target_length > 1 && target[target_length - 1] == ENFR_END_TOKEN);
    print_ids("target", target, target_length);

    /* From memory, with two threads; the bytes are gone before the model is used. */
    EXPECT(ENFR_OK, "", enfr_create_from_memory(bytes, length, 2, &second));
    memset(bytes, 0x55, (size_t)length);
    free(bytes);
    int32_t again[ENFR_TARGET_LENGTH], written;
    EXPECT(ENFR_OK, "", enfr_generate(second, state, source, source_length, again, ENFR_TARGET_LENGTH, &written));
    CHECK(written == target_length && memcmp(again, target, sizeof *again * (size_t)written) == 0);
    EXPECT(ENFR_OK, "", enfr_destroy(second));
    EXPECT(ENFR_INVALID_HANDLE, "no live handle", enfr_destroy(second));
    EXPECT(ENFR_INVALID_HANDLE, "no live handle", enfr_encode(second, state, source, source_length));
    EXPECT(ENFR_OK, "", enfr_destroy(NULL));
    return model;
}

static void handles(enfr_model *model)
{
    int32_t written;
    enfr_search *search;
    EXPECT(ENFR_INVALID_HANDLE, "model is NULL", enfr_encode(NULL, state, source, source_length));
    EXPECT(ENFR_INVALID_HANDLE, "no live handle", enfr_encode((enfr_model *)state, state, source, source_length));
    EXPECT(ENFR_INVALID_HANDLE, "no live handle", enfr_step((enfr_model *)(intptr_t)-1, state, ENFR_START_TOKEN, logits));
    EXPECT(ENFR_INVALID_HANDLE, "no live handle", enfr_destroy((enfr_model *)((char *)model + 1)));
    EXPECT(ENFR_INVALID_HANDLE, "model is NULL", enfr_generate(NULL, state, source, source_length, target, 1, &written));
    EXPECT(ENFR_INVALID_HANDLE, "model is NULL", enfr_score(NULL, state, source, source_length, target, 1, logits));
    EXPECT(ENFR_INVALID_HANDLE, "model is NULL", enfr_translate(NULL, state, "a", NULL, 0, NULL));
    EXPECT(ENFR_INVALID_HANDLE, "model is NULL", enfr_attach_tokenizer_file(NULL, tokenizer_path, NULL, -1, 0));

    /* A search is no model, and a model no search. */
    EXPECT(ENFR_OK, "", enfr_create_search(model, NULL, &search));
    EXPECT(ENFR_INVALID_HANDLE, "of this kind", enfr_destroy((enfr_model *)search));
    EXPECT(ENFR_INVALID_HANDLE, "of this kind", enfr_destroy_search((enfr_search *)model));
    EXPECT(ENFR_OK, "", enfr_destroy_search(search));
    EXPECT(ENFR_INVALID_HANDLE, "no live handle", enfr_destroy_search(search));
    EXPECT(ENFR_OK, "", enfr_destroy_search(NULL));
}

static void encoding(enfr_model *model)
{
    int32_t written = 5;
    EXPECT(ENFR_INVALID_ARGUMENT, "state is NULL", enfr_encode(model, NULL, source, source_length));
    EXPECT(ENFR_INVALID_ARGUMENT, "4 does not divide", enfr_encode(model, state + 1, source, source_length));
    EXPECT(ENFR_INVALID_ARGUMENT, "4 does not divide", enfr_generate(model, state + 2, source, source_length, target, 1, &written));
    EXPECT(ENFR_INVALID_ARGUMENT, "source is NULL", enfr_encode(model, state, NULL, source_length));
    EXPECT(ENFR_INVALID_ARGUMENT, "negative", enfr_encode(model, state, source, -1));
    EXPECT(ENFR_INVALID_ARGUMENT, "negative", enfr_encode(model, state, source, INT32_MIN));
    EXPECT(ENFR_INVALID_ARGUMENT, "empty", enfr_encode(model, state, source, 0));
    EXPECT(ENFR_INVALID_ARGUMENT, "empty", enfr_encode(model, state, NULL, 0));
    EXPECT(ENFR_INVALID_ARGUMENT, "4 does not divide", enfr_encode(model, state, (int32_t *)(void *)((char *)source + 1), 2));
    EXPECT(ENFR_SOURCE_TOO_LONG, "at most 128", enfr_encode(model, state, source, ENFR_SOURCE_LENGTH + 1));
    EXPECT(ENFR_SOURCE_TOO_LONG, "at most 128", enfr_generate(model, state, source, INT32_MAX, target, 1, &written));
    EXPECT(ENFR_INVALID_ARGUMENT, "between 0 and 7999", enfr_encode(model, state, &(int32_t){ENFR_SOURCE_VOCAB_SIZE}, 1));
    EXPECT(ENFR_INVALID_ARGUMENT, "between 0 and 7999", enfr_encode(model, state, &(int32_t){-1}, 1));
    CHECK(written == 0);

    /* As little aligned as is allowed. */
    EXPECT(ENFR_OK, "", enfr_generate(model, state + 4, source, source_length, target, ENFR_TARGET_LENGTH, &written));
    CHECK(written == target_length);
}

/* Decodes greedily by steps, as enfr_generate does, and returns the sum of the tokens' log-probabilities. */
static double stepping(enfr_model *model)
{
    double sum = 0;
    int32_t token = ENFR_START_TOKEN;
    memset(state, 0, sizeof state);
    EXPECT(ENFR_INVALID_STATE, "empty", enfr_step(model, state, ENFR_START_TOKEN, logits));
    memset(state, 0xa5, sizeof state);
    EXPECT(ENFR_INVALID_STATE, "empty", enfr_step(model, state, ENFR_START_TOKEN, logits));
    EXPECT(ENFR_OK, "", enfr_encode(model, state, source, source_length));
    EXPECT(ENFR_INVALID_ARGUMENT, "between 0 and 7999", enfr_step(model, state, ENFR_TARGET_VOCAB_SIZE, logits));
    EXPECT(ENFR_INVALID_ARGUMENT, "between 0 and 7999", enfr_step(model, state, -1, NULL));
    EXPECT(ENFR_INVALID_ARGUMENT, "4 does not divide", enfr_step(model, state, 0, (float *)(void *)((char *)logits + 2)));
    EXPECT(ENFR_INVALID_ARGUMENT, "state is NULL", enfr_step(model, NULL, 0, logits));
    for (int32_t i = 0; i < target_length; i++) {
        EXPECT(ENFR_OK, "", enfr_step(model, state, token, logits));
        logits[ENFR_PAD_TOKEN] = -INFINITY;
        token = 0;
        for (int32_t id = 1; id < ENFR_TARGET_VOCAB_SIZE; id++) {
            token = logits[id] > logits[token] ? id : token;
        }

        double exponentials = 0;
        for (int32_t id = 0; id < ENFR_TARGET_VOCAB_SIZE; id++) {
            exponentials += exp((double)logits[id] - logits[token]);
        }

        sum -= log(exponentials);
        CHECK(token == target[i]);
    }

    /* Without logits the state goes on all the same, also in a copy of it. */
    static _Alignas(ENFR_STATE_ALIGNMENT) unsigned char copy[ENFR_STATE_BYTES];
    EXPECT(ENFR_OK, "", enfr_encode(model, state, source, source_length));
    EXPECT(ENFR_OK, "", enfr_step(model, state, ENFR_START_TOKEN, NULL));
    memcpy(copy, state, sizeof copy);
    EXPECT(ENFR_OK, "", enfr_step(model, state, target[0], logits));
    EXPECT(ENFR_OK, "", enfr_step(model, copy, target[0], other_logits));
    CHECK(memcmp(logits, other_logits, sizeof logits) == 0);
    for (int32_t i = 2; i < ENFR_TARGET_LENGTH; i++) {
        EXPECT(ENFR_OK, "", enfr_step(model, state, 5, NULL));
    }

    EXPECT(ENFR_INVALID_STATE, "positions are decoded", enfr_step(model, state, 5, NULL));
    return sum;
}

static void generating(enfr_model *model)
{
    int32_t ids[ENFR_TARGET_LENGTH], written = 9;
    EXPECT(ENFR_INVALID_ARGUMENT, "written is NULL", enfr_generate(model, state, source, source_length, ids, ENFR_TARGET_LENGTH, NULL));
    EXPECT(ENFR_INVALID_ARGUMENT, "target is NULL", enfr_generate(model, state, source, source_length, NULL, 3, &written));
    CHECK(written == 0);
    EXPECT(ENFR_INVALID_ARGUMENT, "negative", enfr_generate(model, state, source, source_length, ids, -2, &written));
    EXPECT(ENFR_OK, "", enfr_generate(model, state, source, source_length, NULL, 0, &written));
    CHECK(written == 0);
    EXPECT(ENFR_OK, "", enfr_generate(model, state, source, source_length, ids, 2, &written));
    CHECK(written == 2 && ids[0] == target[0] && ids[1] == target[1]);
    EXPECT(ENFR_OK, "", enfr_generate(model, state, source, source_length, ids, ENFR_TARGET_LENGTH, &written));
    CHECK(written == target_length && memcmp(ids, target, sizeof *ids * (size_t)written) == 0);
}

static void scoring(enfr_model *model, double sum_of_steps)
{
    float log_probabilities[ENFR_TARGET_LENGTH];
    double sum = 0;
    static int32_t too_long[ENFR_TARGET_LENGTH + 1];
    static float results[ENFR_TARGET_LENGTH + 1];
    EXPECT(ENFR_OK, "", enfr_score(model, state, source, source_length, target, target_length, log_probabilities));
    for (int32_t i = 0; i < target_length; i++) {
        sum += log_probabilities[i];
    }

    CHECK(fabs(sum - sum_of_steps) < 1e-4);
    printf("sum: %.6f\n", sum);
    EXPECT(ENFR_OK, "", enfr_score(model, state, source, source_length, NULL, 0, NULL));
    EXPECT(ENFR_INVALID_ARGUMENT, "log_probabilities is NULL", enfr_score(model, state, source, source_length, target, target_length, NULL));
    EXPECT(ENFR_INVALID_ARGUMENT, "target is NULL", enfr_score(model, state, source, source_length, NULL, 1, log_probabilities));
    EXPECT(ENFR_INVALID_ARGUMENT, "negative", enfr_score(model, state, source, source_length, target, -1, log_probabilities));
    EXPECT(ENFR_INVALID_ARGUMENT, "at most TargetLength", enfr_score(model, state, source, source_length, too_long, ENFR_TARGET_LENGTH + 1, results));
    EXPECT(ENFR_INVALID_ARGUMENT, "between 0 and 7999", enfr_score(model, state, source, source_length, &(int32_t){9000}, 1, log_probabilities));
    EXPECT(ENFR_SOURCE_TOO_LONG, "at most 128", enfr_score(model, state, source, ENFR_SOURCE_LENGTH + 1, target, 1, log_probabilities));
}

static void beams(enfr_model *model)
{
    enfr_search_options options = ENFR_SEARCH_OPTIONS, shorter = { (int32_t)(2 * sizeof(int32_t)), 1, 0, 0, 0, 0, 0, 0, 0 };
    enfr_search *search = NULL, *greedy;
    int32_t found, length, ids[ENFR_TARGET_LENGTH];
    float first, second;

    EXPECT(ENFR_INVALID_ARGUMENT, "search is NULL", enfr_create_search(model, &options, NULL));
    options.size = 400;
    EXPECT(ENFR_INVALID_ARGUMENT, "size of 400", enfr_create_search(model, &options, &search));
    options.size = 0;
    EXPECT(ENFR_INVALID_ARGUMENT, "size of 0", enfr_create_search(model, &options, &search));
    options.size = (int32_t)sizeof options;
    options.beams = ENFR_MAX_BEAMS + 1;
    EXPECT(ENFR_INVALID_ARGUMENT, "Beams", enfr_create_search(model, &options, &search));
    options.beams = ENFR_MAX_BEAMS;
    options.early_stopping = 3;
    EXPECT(ENFR_INVALID_ARGUMENT, "early_stopping is 3", enfr_create_search(model, &options, &search));
    options.early_stopping = 0;
    options.length_penalty = NAN;
    EXPECT(ENFR_INVALID_ARGUMENT, "", enfr_create_search(model, &options, &search));
    CHECK(search == NULL);
    options.length_penalty = 1;
    options.n_best = 2;
    EXPECT(ENFR_OK, "", enfr_create_search(model, &options, &search));

    EXPECT(ENFR_INVALID_ARGUMENT, "found 0 hypotheses", enfr_hypothesis(search, 0, ids, ENFR_TARGET_LENGTH, &length, NULL));
    EXPECT(ENFR_INVALID_ARGUMENT, "batch is NULL", enfr_generate_beam(model, NULL, search, source, source_length, &found));
    EXPECT(ENFR_INVALID_ARGUMENT, "4 does not divide", enfr_generate_beam(model, batch + 3, search, source, source_length, &found));
    EXPECT(ENFR_INVALID_HANDLE, "search is NULL", enfr_generate_beam(model, batch, NULL, source, source_length, &found));
    EXPECT(ENFR_SOURCE_TOO_LONG, "at most 128", enfr_generate_beam(model, batch, search, source, ENFR_SOURCE_LENGTH + 1, &found));
    EXPECT(ENFR_OK, "", enfr_generate_beam(model, batch, search, source, source_length, &found));
    CHECK(found == 2);
    EXPECT(ENFR_OK, "", enfr_hypothesis(search, 1, ids, ENFR_TARGET_LENGTH, &length, &second));
    EXPECT(ENFR_BUFFER_TOO_SMALL, "room for 1", enfr_hypothesis(search, 0, ids, 1, &length, &first));
    CHECK(length > 1 && length <= ENFR_TARGET_LENGTH);
    EXPECT(ENFR_OK, "", enfr_hypothesis(search, 0, ids, length, &length, &first));
    CHECK(first >= second);
    print_ids("beam", ids, length);
    printf("score: %.6f\n", first);
    EXPECT(ENFR_INVALID_ARGUMENT, "counted from 0", enfr_hypothesis(search, 2, ids, 1, &length, NULL));
    EXPECT(ENFR_INVALID_ARGUMENT, "counted from 0", enfr_hypothesis(search, -1, ids, 1, &length, NULL));
    EXPECT(ENFR_INVALID_ARGUMENT, "length is NULL", enfr_hypothesis(search, 0, ids, 1, NULL, NULL));
    EXPECT(ENFR_OK, "", enfr_destroy_search(search));

    /* An older header's options are shorter; what they lack has its default. One beam is greedy. */
    EXPECT(ENFR_OK, "", enfr_create_search(model, &shorter, &greedy));
    EXPECT(ENFR_OK, "", enfr_generate_beam(model, batch + 4, greedy, source, source_length, NULL));
    EXPECT(ENFR_OK, "", enfr_hypothesis(greedy, 0, ids, ENFR_TARGET_LENGTH, &length, NULL));
    CHECK(length == target_length && memcmp(ids, target, sizeof *ids * (size_t)length) == 0);
    EXPECT(ENFR_OK, "", enfr_destroy_search(greedy));
}

static void texts(enfr_model *model)
{
    char text[ENFR_TARGET_LENGTH * 16], small[4] = "abc", long_text[2000], whole[sizeof text];
    size_t needed = 99, length;
    long size;
    char *bytes = read_file(tokenizer_path, &size);

    EXPECT(ENFR_VOCABULARY, "No tokeniser", enfr_translate(model, state, "A dog.", text, sizeof text, &needed));
    CHECK(needed == 0 && text[0] == 0);
    EXPECT(ENFR_INVALID_ARGUMENT, "source_path is NULL", enfr_attach_tokenizer_file(model, NULL, NULL, ENFR_NO_TOKEN, ENFR_END_TOKEN));
    EXPECT(ENFR_VOCABULARY, "no/such", enfr_attach_tokenizer_file(model, "/no/such/file", NULL, ENFR_NO_TOKEN, ENFR_END_TOKEN));
    EXPECT(ENFR_VOCABULARY, "cannot be loaded", enfr_attach_tokenizer_file(model, weights_path, NULL, ENFR_NO_TOKEN, ENFR_END_TOKEN));
    EXPECT(ENFR_INVALID_UTF8, "source_path", enfr_attach_tokenizer_file(model, "\xc3(", NULL, ENFR_NO_TOKEN, ENFR_END_TOKEN));
    EXPECT(ENFR_INVALID_ARGUMENT, "after is 8000", enfr_attach_tokenizer_file(model, tokenizer_path, NULL, ENFR_NO_TOKEN, 8000));
    EXPECT(ENFR_INVALID_ARGUMENT, "before is -2", enfr_attach_tokenizer_file(model, tokenizer_path, NULL, -2, ENFR_END_TOKEN));
    EXPECT(ENFR_VOCABULARY, "cannot be loaded", enfr_attach_tokenizer_memory(model, bytes, size / 2, NULL, 0, ENFR_NO_TOKEN, ENFR_END_TOKEN));
    EXPECT(ENFR_INVALID_ARGUMENT, "source_bytes is NULL", enfr_attach_tokenizer_memory(model, NULL, 4, NULL, 0, ENFR_NO_TOKEN, ENFR_END_TOKEN));
    EXPECT(ENFR_INVALID_ARGUMENT, "target_bytes", enfr_attach_tokenizer_memory(model, bytes, size, NULL, 4, ENFR_NO_TOKEN, ENFR_END_TOKEN));
    EXPECT(ENFR_OK, "", enfr_attach_tokenizer_memory(model, bytes, size, NULL, 0, ENFR_NO_TOKEN, ENFR_END_TOKEN));
    memset(bytes, 0x55, (size_t)size);
    free(bytes);
    EXPECT(ENFR_OK, "", enfr_translate(model, state, "A dog.", whole, sizeof whole, NULL));
    EXPECT(ENFR_OK, "", enfr_attach_tokenizer_file(model, tokenizer_path, tokenizer_path, ENFR_NO_TOKEN, ENFR_END_TOKEN));

    EXPECT(ENFR_OK, "", enfr_translate(model, state, "A dog.", text, sizeof text, &needed));
    CHECK(strcmp(text, whole) == 0);
    printf("text: %s\n", text);
    length = strlen(text);
    CHECK(needed == length + 1);
    EXPECT(ENFR_BUFFER_TOO_SMALL, "takes", enfr_translate(model, state, "A dog.", small, sizeof small, &needed));
    CHECK(needed == length + 1 && small[0] == 0);
    EXPECT(ENFR_BUFFER_TOO_SMALL, "takes", enfr_translate(model, state, "A dog.", NULL, 0, &needed));
    CHECK(needed == length + 1);
    EXPECT(ENFR_BUFFER_TOO_SMALL, "takes", enfr_translate(model, state, "A dog.", text, length, &needed));
    memset(text, 'x', sizeof text);
    EXPECT(ENFR_OK, "", enfr_translate(model, state, "A dog.", text, length + 1, NULL));
    CHECK(strcmp(text, whole) == 0 && text[length + 1] == 'x');
    EXPECT(ENFR_INVALID_ARGUMENT, "buffer is NULL", enfr_translate(model, state, "A dog.", NULL, 5, &needed));
    EXPECT(ENFR_INVALID_ARGUMENT, "text is NULL", enfr_translate(model, state, NULL, text, sizeof text, &needed));
    EXPECT(ENFR_INVALID_ARGUMENT, "state is NULL", enfr_translate(model, NULL, "A dog.", text, sizeof text, &needed));
    EXPECT(ENFR_INVALID_UTF8, "text is not UTF-8", enfr_translate(model, state, "caf\xe9", text, sizeof text, &needed));
    EXPECT(ENFR_OK, "", enfr_translate(model, state, "", text, sizeof text, &needed));

    memset(long_text, 0, sizeof long_text);
    for (int i = 0; i < 400; i++) {
        memcpy(long_text + (3 * i), "dog ", 4);
    }

    EXPECT(ENFR_SOURCE_TOO_LONG, "at most 128", enfr_translate(model, state, long_text, text, sizeof text, &needed));
    CHECK(text[0] == 0 && needed == 0);
}

struct work {
    enfr_model *model;
    void *state;
    const char *says;
    int ok, refused, wrong;
};

static void *decode(void *argument)
{
    struct work *work = argument;
    int32_t ids[ENFR_TARGET_LENGTH], written;
    for (int run = 0; run < RUNS; run++) {
        enfr_status status = enfr_generate(work->model, work->state, source, source_length, ids, ENFR_TARGET_LENGTH, &written);
        if (status == ENFR_OK) {
            work->ok++;
            work->wrong += written != target_length || memcmp(ids, target, sizeof *ids * (size_t)written) != 0;
        } else {
            work->refused++;
            work->wrong += status != ENFR_INVALID_STATE && status != ENFR_INVALID_HANDLE;
        }
    }

    /* The message is the thread's own. */
    enfr_create_from_file(work->says, 1, &work->model);
    work->wrong += strstr(enfr_last_error(), work->says) == NULL;
    return NULL;
}

static void run_two(struct work *one, struct work *other, enfr_model *destroyed)
{
    pthread_t threads[2];
    if (pthread_create(&threads[0], NULL, decode, one) != 0 || pthread_create(&threads[1], NULL, decode, other) != 0) {
        fprintf(stderr, "no threads\n");
        exit(2);
    }

    if (destroyed) {
        EXPECT(ENFR_OK, "", enfr_destroy(destroyed));
    }

    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    CHECK(one->wrong == 0 && other->wrong == 0);
}

static void threads(enfr_model *model)
{
    static _Alignas(ENFR_STATE_ALIGNMENT) unsigned char states[2][ENFR_STATE_BYTES + 64 - (ENFR_STATE_BYTES % 64)];
    struct work one = { model, states[0], "/first/file", 0, 0, 0 }, other = { model, states[1], "/second/file", 0, 0, 0 };
    run_two(&one, &other, NULL);
    CHECK(one.ok == RUNS && other.ok == RUNS);

    /* One state: calls are refused, and none goes wrong. */
    struct work same = { model, states[0], "/third/file", 0, 0, 0 }, again = { model, states[0], "/fourth/file", 0, 0, 0 };
    run_two(&same, &again, NULL);
    CHECK(same.ok + again.ok >= 1);

    /* Destroyed while it works: calls finish or are refused. */
    struct work late = { model, states[0], "/fifth/file", 0, 0, 0 }, later = { model, states[1], "/sixth/file", 0, 0, 0 };
    run_two(&late, &later, model);
    EXPECT(ENFR_INVALID_HANDLE, "no live handle", enfr_encode(model, state, source, source_length));
}

int main(int argc, char **argv)
{
    if (argc < 4 || argc - 3 > ENFR_SOURCE_LENGTH) {
        fprintf(stderr, "usage: %s MODEL_FOLDER SCRATCH_FOLDER ID...\n", argv[0]);
        return 2;
    }

    snprintf(weights_path, sizeof weights_path, "%s/model.safetensors", argv[1]);
    snprintf(tokenizer_path, sizeof tokenizer_path, "%s/sentencepiece.model", argv[1]);
    snprintf(damaged_path, sizeof damaged_path, "%s/damaged.safetensors", argv[2]);
    for (source_length = 0; source_length < argc - 3; source_length++) {
        source[source_length] = (int32_t)strtol(argv[source_length + 3], NULL, 10);
    }

    names();
    enfr_model *model = creation();
    handles(model);
    encoding(model);
    double sum = stepping(model);
    generating(model);
    scoring(model, sum);
    beams(model);
    texts(model);
    threads(model);
    printf("%d checks, %d failures\n", checks, failures);
    return failures != 0;
}
