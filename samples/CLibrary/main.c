/*
 * Translates a sentence from English to French with the library of this sample:
 *
 *     main MODEL_FOLDER SENTENCE
 */
#include <stdio.h>
#include <string.h>

#include "enfr.h"

/* The whole state of a run, where the program wants it to be. Nothing is allocated while a sentence is translated. */
#ifdef __GNUC__
__attribute__((aligned(ENFR_STATE_ALIGNMENT)))
#endif
static unsigned char state[ENFR_STATE_BYTES];

/* Says what went wrong. The message is the calling thread's, until its next call. */
static int fail(const char *what, enfr_status status)
{
    fprintf(stderr, "%s: %s: %s\n", what, enfr_status_name(status), enfr_last_error());
    return 1;
}

int main(int argc, char **argv)
{
    char weights[1024], tokenizer[1024], text[ENFR_TARGET_LENGTH * 16];
    enfr_model *model = NULL;
    enfr_status status;

    if (argc != 3) {
        fprintf(stderr, "usage: %s MODEL_FOLDER SENTENCE\n", argv[0]);
        return 2;
    }

    if (enfr_state_bytes() != ENFR_STATE_BYTES) {
        fprintf(stderr, "enfr.h is not the header of this library\n");
        return 2;
    }

    snprintf(weights, sizeof weights, "%s/model.safetensors", argv[1]);
    snprintf(tokenizer, sizeof tokenizer, "%s/sentencepiece.model", argv[1]);

    status = enfr_create_from_file(weights, 1, &model);
    if (status != ENFR_OK) {
        return fail("loading the weights", status);
    }

    /* Both languages share a vocabulary, and this model wants the end token after a source. */
    status = enfr_attach_tokenizer_file(model, tokenizer, NULL, ENFR_NO_TOKEN, ENFR_END_TOKEN);
    if (status != ENFR_OK) {
        fail("loading the tokeniser", status);
        enfr_destroy(model);
        return 1;
    }

    status = enfr_translate(model, state, argv[2], text, sizeof text, NULL);
    if (status == ENFR_OK) {
        printf("%s\n", text);
    } else {
        fail("translating", status);
    }

    enfr_destroy(model);
    return status == ENFR_OK ? 0 : 1;
}
