"""Translates a sentence with the library of this sample: python3 translate.py LIBRARY MODEL_FOLDER SENTENCE"""
import ctypes
import sys

library, folder, sentence = sys.argv[1:]
enfr = ctypes.CDLL(library)
enfr.enfr_last_error.restype = ctypes.c_char_p


def call(function, *arguments):
    if function(*arguments) != 0:
        sys.exit(enfr.enfr_last_error().decode())


model = ctypes.c_void_p()
call(enfr.enfr_create_from_file, f"{folder}/model.safetensors".encode(), 1, ctypes.byref(model))
call(enfr.enfr_attach_tokenizer_file, model, f"{folder}/sentencepiece.model".encode(), None, -1, 0)
state = ctypes.create_string_buffer(enfr.enfr_state_bytes())
text = ctypes.create_string_buffer(4096)
call(enfr.enfr_translate, model, state, sentence.encode(), text, ctypes.c_size_t(len(text)), None)
print(text.value.decode())
call(enfr.enfr_destroy, model)
