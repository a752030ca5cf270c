"""Mutations of CSV files."""
import csv
import io

import words


def read_rows(content):
    """No rows where the bytes are no table that Python could read, such as one that was mutated before."""
    try:
        return list(csv.reader(io.StringIO(content.decode("utf-8", "replace"), newline="")))
    except csv.Error:
        return []


def written(rows, separator=",", line_end="\n", quote_all=False):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator=line_end, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL)
    try:
        writer.writerows(rows)
    except csv.Error:  # a value that this writer cannot quote is written raw
        return line_end.join(separator.join(row) for row in rows)
    return out.getvalue()


def change_cells(random, rows):
    for _ in range(random.choice([1, 1, 1, 2, 5])):
        at = random.randrange(1, len(rows)) if len(rows) > 1 and random.random() < 0.95 else 0
        if not rows[at]:
            continue
        column = random.randrange(len(rows[at]))
        others = [row[column] for row in rows[1:] if column < len(row)]
        rows[at][column] = words.other_value(random, rows[at][column], others)


def change_column(random, rows):
    """The same odd value in all rows: what a formula copied down leaves."""
    column = random.randrange(max(1, len(rows[0])))
    value = words.other_value(random, "", [])
    for row in rows[1:]:
        if column < len(row):
            row[column] = value


def change_rows(random, rows):
    at = random.randrange(len(rows))
    kind = random.randrange(7)
    if kind == 0:
        del rows[at]
    elif kind == 1:
        rows.insert(random.randrange(len(rows) + 1), list(rows[at]))
    elif kind == 2:
        rows[at] = rows[at][:random.randrange(len(rows[at]) + 1)]
    elif kind == 3:
        rows[at] = rows[at] + ["x"] * random.choice([1, 2, 500])
    elif kind == 4:
        rows[1:] = rows[1:][::-1]
    elif kind == 5:
        del rows[1:]
    else:
        rows.insert(at, [random.choice(["", "합계", "총 3명", "#"])] + [""] * random.randrange(4))


def change_columns(random, rows):
    width = len(rows[0])
    if width == 0:
        return
    column, other = random.randrange(width), random.randrange(width)
    kind = random.randrange(6)
    for number, row in enumerate(rows):
        if column >= len(row) or other >= len(row):
            continue
        if kind == 0:
            del row[column]
        elif kind == 1:
            row.insert(other, row[column])
        elif kind == 2:
            row[column], row[other] = row[other], row[column]
        elif kind == 3:
            row.insert(column, "x")
        elif kind == 4 and number == 0:
            row[column] = words.other_value(random, row[column], row)
        elif kind == 5:
            row[column] = ""


def change_text(random, text):
    """Quotes, line ends and separators that a writer of CSV would not write."""
    at = random.randrange(len(text) + 1)
    kind = random.randrange(6)
    if kind == 0:
        return text[:at] + "\"" + text[at:]
    if kind == 1:
        return text[:at] + random.choice(["\r", "\n", "\r\n", "\n\n\n", "\u2028"]) + text[at:]
    if kind == 2:
        return text[:at]
    if kind == 3:
        return text.replace(",", random.choice([";", "\t", "|", ",,", "，"]))
    if kind == 4:
        return text[:at] + "\"" + "가\n" * random.choice([10, 100_000]) + text[at:]
    return text[:at] + random.choice(["\"a\"b", "\"a", ",\"\",", "\\\"", "sep=;\n"]) + text[at:]


def encoded(random, text):
    kind = random.randrange(25)
    if kind == 0:
        return text.encode("cp949", "replace")
    if kind == 1:
        return "\ufeff".encode() + text.encode("utf-8", "replace")
    if kind == 2:
        return text.encode("utf-16", "replace")
    if kind == 3:
        return words.broken_bytes(random, text.encode("utf-8", "replace"))
    return text.encode("utf-8", "replace")


def mutate(random, content):
    rows = read_rows(content)
    if not rows:
        return words.broken_bytes(random, content)
    changes = [change_cells, change_rows, change_columns, change_column]
    for change in random.choices(changes, weights=[10, 2, 2, 1], k=random.choice([1, 1, 1, 1, 2, 3])):
        if rows and rows[0]:
            change(random, rows)
    text = written(rows, random.choice([","] * 14 + [";", "\t"]), random.choice(["\n"] * 8 + ["\r\n", "\r"]), random.random() < 0.1)
    if random.random() < 0.1:
        text = change_text(random, text)
    return encoded(random, text)
