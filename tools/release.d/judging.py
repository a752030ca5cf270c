"""What may be seen of a release, and what not. Pure: told what was read and when, it says what is wrong."""
AWAY = "away"  # nobody answers, or says that it cannot
KINDS = ("early", "between", "back", "half", "differs", "unproven")


class Finding:
    def __init__(self, kind, what):
        self.kind, self.what = kind, what

    def __str__(self):
        return f"{self.kind}: {self.what}"


def judge_watch(before, seen, after, minute):
    """`before` and `after`: what each address said at rest; `seen`: the answers in between, in any order."""
    found = []
    for address, answers in sorted(seen.items()):
        old, new = before[address], after[address]
        first_new = None
        for answer in sorted(answers, key=lambda one: one.ended):
            if answer.meaning == AWAY:
                continue
            if answer.meaning not in (old, new):
                found.append(Finding("between", f"{address} said {answer.meaning} at {answer.ended - minute:+.3f} s: neither {old} as before nor {new} as later"))
            elif answer.meaning == new != old:
                if answer.ended < minute:
                    found.append(Finding("early", f"{address} said {new} at {answer.ended - minute:+.3f} s"))
                first_new = answer.ended if first_new is None else first_new
            elif new != old and first_new is not None and answer.began > first_new:
                found.append(Finding("back", f"{address} said {new} at {first_new - minute:+.3f} s and {old} again at {answer.ended - minute:+.3f} s"))
    return found


def judge_rest(before, rest, released, alike=()):
    """After the kill, before anybody has done anything: all old while it is not released, all new and of one version when it is. Addresses of
    `alike` may say the same of two versions."""
    found = []
    for address, meaning in sorted(rest.items()):
        if meaning == AWAY:
            found.append(Finding("half", f"{address} does not answer after the new start"))
        elif not released and meaning != before[address]:
            found.append(Finding("half", f"{address} says {meaning} although nothing is released"))
        elif released and meaning == before[address] and address not in alike:
            found.append(Finding("half", f"{address} says {meaning} as before although it is released"))
    return found


def judge_same(earlier, later, when):
    """What people were shown stays until the next release."""
    return [Finding("differs", f"{address} said {earlier[address]}, and {later[address]} {when}")
            for address in sorted(earlier) if later.get(address) != earlier[address]]
