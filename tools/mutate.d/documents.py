"""Mutations of JSON files. A document is kept as pairs, so that a key can stand in an object twice."""
import copy
import json

import words

SIMPLE = [None, True, False, 0, -1, 1, "", [], {}, [[]], [None], {"": None}]


class Raw(str):
    """Text that is written as it stands, such as 1e400."""


class Pairs(list):
    """An object as a list of [key, value]."""


def read(content):
    return json.loads(content.decode("utf-8"), object_pairs_hook=lambda pairs: Pairs([list(pair) for pair in pairs]))


def written(value):
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, Pairs):
        return "{" + ",".join(json.dumps(key, ensure_ascii=False) + ":" + written(one) for key, one in value) + "}"
    if isinstance(value, dict):
        return "{" + ",".join(json.dumps(key) + ":" + written(one) for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(written(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def places(value, found):
    """(holder, index) of every value below; of objects the pair is the holder."""
    if isinstance(value, Pairs):
        for pair in value:
            found.append((pair, 1))
            places(pair[1], found)
    elif isinstance(value, list):
        for at, one in enumerate(value):
            found.append((value, at))
            places(one, found)
    return found


def objects(value, found):
    if isinstance(value, Pairs):
        found.append(value)
        for pair in value:
            objects(pair[1], found)
    elif isinstance(value, list):
        for one in value:
            objects(one, found)
    return found


def other(random, value):
    kind = random.randrange(8)
    if kind == 0:
        return copy.deepcopy(random.choice(SIMPLE))  # or a later change would reach into the list itself
    if kind in (1, 2):
        return Raw(random.choice([number for number in words.NUMBERS if number.isascii()]))
    if kind == 3 and isinstance(value, str):
        return words.other_value(random, value, [])
    if kind == 4:
        depth = random.choice([1, 2, 31, 33, 200, 100_000])
        bracket = random.choice(["[]", None])
        return Raw("[" * depth + "]" * depth if bracket else "{\"a\":" * depth + "1" + "}" * depth)
    if kind == 5 and isinstance(value, list):
        return type(value)(list(value) * random.choice([2, 50]))
    if kind == 6:
        return [value]
    return random.choice([Raw("\"\\ud800\""), Raw("\"\\u0000\""), Raw("\"\\x\""), random.choice(words.TEXTS), random.choice(words.DATES)])


def change_keys(random, document, known):
    holder = random.choice(objects(document, []) or [Pairs()])
    kind = random.randrange(4)
    if kind == 0 or not holder:
        key = random.choice(known) if known and random.random() < 0.7 else random.choice(words.TEXTS + ["__proto__"])
        holder.append([key, other(random, "x")])
        return
    pair = random.choice(holder)
    if kind == 1:
        holder.remove(pair)
    elif kind == 2:
        holder.append([pair[0], other(random, pair[1])])
    else:
        pair[0] = words.other_value(random, pair[0], known)


def change_values(random, document):
    found = places(document, [])
    if found:
        holder, at = random.choice(found)
        if at < len(holder):
            holder[at] = other(random, holder[at])


def mutate(random, content, known=()):
    """`known`: keys that the reader takes although the sound document does not have them."""
    try:
        document = read(content)
    except (ValueError, RecursionError):  # bytes of no JSON, or one that was mutated before
        return words.broken_bytes(random, content)
    if random.random() < 0.03:
        document = other(random, document)
    for _ in range(random.choice([1, 1, 1, 2, 4])):
        if random.random() < 0.35:
            change_keys(random, document, list(known))
        else:
            change_values(random, document)
    text = written(document)
    if random.random() < 0.08:
        at = random.randrange(len(text) + 1)
        text = text[:at] + random.choice(["", ",", "}", "{", "\"", "//", "\n", "NaN", "\ufeff"]) + text[at + random.randrange(3):]
    content = text.encode("utf-8", "surrogatepass")
    if random.random() < 0.06:
        return words.broken_bytes(random, content)
    return text.encode("utf-16", "surrogatepass") if random.random() < 0.02 else content
