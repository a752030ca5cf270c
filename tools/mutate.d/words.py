"""Values that readers of files stumble over."""

INVISIBLE = ["\u200b", "\u200d", "\ufeff", "\u202e", "\u2066", "\u00ad", "\u3164", "\u00a0", "\u3000", "\u2028", "\ufe0f",
             "\U000e0041", "\x07", "\x1b[31m", "\x7f", "\x85", "\x00", "\t"]
NUMBERS = ["-1", "0", "-0", "1", "2", "+3", "007", "1e3", "1e400", "-1e400", "1e-400", "0.1", ".5", "5.", "1,000", "1_000", "0x10", "NaN", "inf",
           "-Infinity", "32767", "32768", "65535", "65536", "2147483647", "2147483648", "-2147483649", "4294967295", "4294967296",
           "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551616", "1" + "0" * 40, "9" * 400,
           "0." + "3" * 300, "１２", "٣", "²", "½", "1 2", " 4 ", "1-2", "100.005"]
DATES = ["2021-02-29", "2021-13-01", "0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "2021-6-5", "2021.06.05", "5/6/2021", "20210605",
         "1900-01-00", "44352", "2021-06-05T25:61:61Z", "24:00", "23:60", "9:5", "-1:00", "99:99", "2021-06-05T00:00:00+99:99"]
TEXTS = ["", " ", "\n", "\r\n", "a\nb", ",", ";", "\"", "\"\"", "'", "\\", "/", "..", "../../etc/passwd", "a/b", "\\u0000", "{}", "{{name}}", "%s%n",
         "=1+1", "@x", "null", "true", "예", "아니오", "가" * 300, "a" * 5_000, "가", "각" "\u0301" * 60, "한", "Å", "ﷺ", "👩‍👩‍👧‍👦",
         "x\ud7ffy", "V1/1", "*", "#"]
BROKEN_BYTES = [b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82", b"\xb0\xa1", b"\x80", b"\xfe\xff", b"\xff\xfe", b"\x00"]


def wrapped(random, text):
    """`text` with an invisible character somewhere."""
    at = random.randrange(len(text) + 1)
    return text[:at] + random.choice(INVISIBLE) + text[at:]


def other_value(random, text, others):
    """What stands in place of `text`; `others` are values of the same column or kind."""
    kind = random.randrange(11)
    if kind > 8 and others:  # a value that fits, but not here
        return random.choice(others)
    if kind == 8:
        return random.choice(["", "0", "1", "2", "9", "100", text + "1", text[:-1]])
    if kind == 0:
        return random.choice(NUMBERS)
    if kind == 1:
        return random.choice(DATES)
    if kind == 2:
        return random.choice(TEXTS)
    if kind in (3, 4):
        return wrapped(random, text)
    if kind == 5:
        return random.choice(INVISIBLE) * random.choice([1, 1, 1, 40])
    if kind == 6 and others:
        return random.choice(others)
    if text and kind == 7:
        at = random.randrange(len(text))
        return random.choice([text[:at] + text[at + 1:], text * 2, text[::-1], text.upper(), text + text[at]])
    return ""


def broken_bytes(random, content):
    """Bytes that are no text, or a bit turned, somewhere in `content`."""
    content = bytearray(content)
    for _ in range(random.choice([1, 1, 1, 3, 30])):
        at = random.randrange(len(content) + 1)
        kind = random.randrange(4)
        if kind == 0:
            content[at:at] = random.choice(BROKEN_BYTES)
        elif at == len(content):
            content += b"\n"
        elif kind == 1:
            content[at] ^= 1 << random.randrange(8)
        elif kind == 2:
            del content[at:at + random.choice([1, 2, 16])]
        else:
            content[at:at] = content[at:at + 16]
    return bytes(content)
