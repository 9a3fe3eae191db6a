"""The few operations on a SentencePiece model file's protocol-buffer bytes that the library does not offer."""

UNUSED = 5


def _varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def _encode_varint(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _fields(data):
    """Yields (field number, whole field, content) of a message whose fields are all length-delimited or numbers."""
    at = 0
    while at < len(data):
        start = at
        tag, at = _varint(data, at)
        if tag & 7 == 0:
            _, at = _varint(data, at)
            content = None
        elif tag & 7 == 5:
            at += 4
            content = None
        else:
            length, at = _varint(data, at)
            content = data[at:at + length]
            at += length
        yield tag >> 3, data[start:at], content


def mark_unused(model, every):
    """Makes every n-th normal piece of more than one character an unused one."""
    out = bytearray()
    candidates = 0
    for number, field, content in _fields(model):
        if number == 1:
            parts = {n: (f, c) for n, f, c in _fields(content)}
            if 3 not in parts and len(parts[1][1].decode("utf-8")) > 1:
                candidates += 1
                if candidates % every == 0:
                    content += bytes([3 << 3, UNUSED])
                    field = bytes([1 << 3 | 2]) + _encode_varint(len(content)) + content
        out += field
    return bytes(out)
