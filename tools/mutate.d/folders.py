"""Mutations of the folders that a command reads."""
import os
import shutil

import documents
import tables
import words
import workbooks


def files_below(places):
    found = []
    for place in places:
        if os.path.isfile(place):
            found.append(place)
        for folder, _, names in sorted(os.walk(place)):
            found.extend(os.path.join(folder, name) for name in sorted(names))
    return found


def remove(path):
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.remove(path)


def replace_file(random, path):
    """Something else stands where the file stood; says what."""
    content = open(path, "rb").read()
    kind = random.choice(["absent", "empty", "directory", "link to nothing", "link to itself", "link to the folder", "cut", "unreadable bytes",
                          "device", "only zeros", "other file", "blanks"])
    remove(path)
    if kind == "empty":
        open(path, "wb").close()
    elif kind == "directory":
        os.mkdir(path)
    elif kind.startswith("link"):
        os.symlink({"link to nothing": "nothing-there", "link to itself": os.path.basename(path), "link to the folder": "."}[kind], path)
    elif kind == "device":
        os.symlink("/dev/null", path)
    elif kind != "absent":
        new = {"cut": content[:random.randrange(len(content) + 1)], "unreadable bytes": random.randbytes(random.choice([1, 100, 10_000])),
               "only zeros": bytes(len(content)), "other file": b"{\"a\":1}" if path.endswith(".csv") else b"a,b\n1,2\n",
               "blanks": b" \r\n\t" * 50}[kind]
        with open(path, "wb") as file:
            file.write(new)
    return kind


def mutate(random, places, known_keys):
    """Changes one to three files below `places`, and says what was done."""
    done = []
    for _ in range(random.choice([1, 1, 1, 1, 1, 2, 3])):
        files = [path for path in files_below(places) if os.path.isfile(path) and not os.path.islink(path)]
        if not files:
            break
        path = random.choice(files)
        name = os.path.basename(path)
        if random.random() < 0.06:
            done.append(f"{name}: {replace_file(random, path)}")
            continue
        content = open(path, "rb").read()
        if name.endswith(".csv"):
            changed = tables.mutate(random, content)
        elif name.endswith(".json"):
            changed = documents.mutate(random, content, known_keys.get(name, ()))
        elif name.endswith(".xlsx"):
            changed = workbooks.mutate(random, content)
        else:
            changed = words.broken_bytes(random, content)
        with open(path, "wb") as file:
            file.write(changed)
        done.append(name)
    return ", ".join(done)
