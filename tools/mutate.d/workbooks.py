"""Workbooks (.xlsx) made from tables, and their mutations: cells, attributes and rows of a sheet, parts of the file, and the ZIP around them."""
import csv
import io
import re
import warnings
import zipfile
from xml.sax.saxutils import escape

import words

NAMES = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def column_name(at):
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name


def sheet_of(table):
    rows = []
    for number, row in enumerate(csv.reader(io.StringIO(table)), 1):
        cells = "".join(f'<c r="{column_name(at)}{number}" t="inlineStr"><is><t>{escape(value)}</t></is></c>' for at, value in enumerate(row) if value)
        rows.append(f'<row r="{number}">{cells}</row>')
    return f'{HEAD}<worksheet xmlns="{NAMES}"><sheetData>{"".join(rows)}</sheetData></worksheet>'


def made(tables):
    """The bytes of a workbook; `tables` are (name of the sheet, text of the CSV file)."""
    overrides = "".join(f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="application/vnd.openxmlformats-officedocument.'
                        f'spreadsheetml.worksheet+xml"/>' for at in range(1, len(tables) + 1))
    sheets = "".join(f'<sheet name="{escape(name)}" sheetId="{at}" r:id="s{at}"/>' for at, (name, _) in enumerate(tables, 1))
    targets = "".join(f'<Relationship Id="s{at}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{at}.xml"/>' for at in range(1, len(tables) + 1))
    parts = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
                               f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                               f'<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.'
                               f'sheet.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" Type="{RELATIONS}/officeDocument" '
                       f'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{NAMES}" xmlns:r="{RELATIONS}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{targets}</Relationships>'}
    for at, (_, table) in enumerate(tables, 1):
        parts[f"xl/worksheets/sheet{at}.xml"] = sheet_of(table)
    return packed([(name, text.encode()) for name, text in parts.items()])


def packed(parts):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # one name twice is one of the mutations
        for name, content in parts:
            file.writestr(zipfile.ZipInfo(name), content)
    return held.getvalue()


def change_text(random, text):
    """Another value of a cell, or of an attribute; or something that no value is."""
    found = list(re.finditer(r"(?<=<t>)[^<]*(?=</t>)", text) if random.random() < 0.6 else re.finditer(r'(?<==")[^"]*(?=")', text))
    if not found:
        return text
    one = random.choice(found)
    new = words.other_value(random, one.group(), [other.group() for other in found[:200]])
    if random.random() < 0.8:
        new = escape(new, {'"': "&quot;"})
    return text[:one.start()] + new + text[one.end():]


def change_elements(random, text):
    """Elements lost, twice, nested deep, or of another kind."""
    found = list(re.finditer(r"<(row|c|is|sheet|Relationship|Override)\b[^>]*>", text))
    if not found:
        return text
    one = random.choice(found)
    kind = random.randrange(7)
    if kind == 0:
        return text[:one.start()] + text[one.end():]
    if kind == 1:
        return text[:one.end()] + one.group() * random.choice([1, 1, 1_000]) + text[one.end():]
    if kind == 2:
        return text[:one.end()] + random.choice(["<v>5</v>", "<f>A1+1</f>", "<v>1e400</v>", "<![CDATA[x]]>", "<!-- -->", "&nothing;", "&#0;", "<?x y?>"]) + text[one.end():]
    if kind == 3:
        kinds = ["s", "n", "b", "d", "e", "str", "inlineStr", "x"]
        return text[:one.start()] + re.sub(r't="[^"]*"', f't="{random.choice(kinds)}"', one.group()) + text[one.end():]
    if kind == 4:
        depth = random.choice([40, 300, 20_000])
        return text[:one.start()] + "<a>" * depth + "</a>" * depth + text[one.start():]
    if kind == 5:
        return '<!DOCTYPE a [<!ENTITY b "' + "c" * 50 + '"><!ENTITY d "' + "&b;" * 50 + '">]>' + text[:one.end()] + "&d;" + text[one.end():]
    return text[:one.start()] + one.group().replace("r=\"", random.choice(["r=\"XFE", "r=\"A0", "r=\"1", "q=\""]), 1) + text[one.end():]


def change_part(random, content):
    if random.random() < 0.15:
        return words.broken_bytes(random, content)
    text = content.decode("utf-8", "replace")
    for _ in range(random.choice([1, 1, 2, 5])):
        text = (change_text if random.random() < 0.6 else change_elements)(random, text)
    if random.random() < 0.04:
        return b"\xff\xfe" + text.encode("utf-16-le", "surrogatepass")
    return text.encode("utf-8", "surrogatepass")


def mutate(random, content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            parts = [(name, file.read(name)) for name in file.namelist()]
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, NotImplementedError, RuntimeError, zipfile.zlib.error):
        return words.broken_bytes(random, content)  # one that was mutated before
    if not parts or random.random() < 0.08:
        return words.broken_bytes(random, content)
    kind = random.random()
    at = random.randrange(len(parts))
    if kind < 0.05:
        del parts[at]
    elif kind < 0.09:
        parts.append((random.choice(["../x.xml", "/etc/x", "xl/worksheets/sheet1.xml", "a" * 300, "가.xml", ""]), parts[at][1]))
    elif kind < 0.11:
        parts[at] = (parts[at][0], parts[at][1] + b" " * 30_000_000)
    else:
        # The sheets have the cells; the other parts are looked at too.
        sheets = [place for place, (name, _) in enumerate(parts) if "worksheets" in name]
        if sheets and random.random() < 0.75:
            at = random.choice(sheets)
        parts[at] = (parts[at][0], change_part(random, parts[at][1]))
    return packed(parts)
