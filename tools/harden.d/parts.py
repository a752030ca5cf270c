"""What is tried before a release. A part is a name, the promise it stands for, and the commands that try it, in full and quickly."""
import os

import counting

CHECK = "build/check"
LEAKS = "suppressions=tests/leaks-of-libraries.txt:print_suppressions=0"


class Command:
    """`words` with {kept} for a folder of what was found; `count` reads the log; `tests` when it is a test program that writes a report."""

    def __init__(self, words, count=None, environment=None, times=1):
        self.words, self.count, self.times = words, count, times
        self.environment = environment or {}
        self.tests = count is None


class Part:
    def __init__(self, name, what, shown_by, targets, commands):
        self.name, self.what, self.shown_by, self.targets, self.commands = name, what, shown_by, targets, commands


def tests(program, names, times=1, **environment):
    given = {"LSAN_OPTIONS": LEAKS, "ASAN_OPTIONS": "detect_leaks=1", "UBSAN_OPTIONS": "print_stacktrace=1", **environment}
    return Command([f"{CHECK}/tests/{program}_test", "--gtest_brief=1", "--gtest_filter=" + ":".join(names)], None, given, times)


def packages(count, which):
    return Command(["tools/mutate-packages", "--program", f"{CHECK}/tests/forking_hanjari", "--jobs", "1", "--count", str(count), "--keep", "{kept}", *which],
                   counting.of_packages)


def pick(quick, few, many):
    return few if quick else many


# Half of the work each, so that two processors do it.
EXAMS = ["exam", "rooms", "plan", "replanned", "changed-exam", "compared", "history", "edits", "contacts", "printed"]


def hostile_parts(quick):
    mutations = pick(quick, 20, 10_000)
    bodies = {"HANJARI_BODIES": str(pick(quick, 20, 500))}
    return [
        Part("exam-files", "mutated exams, plans and edits", "tools/mutate-packages", ["forking_hanjari", "hanjari"],
             [packages(mutations, ["--readers", ",".join(EXAMS)])]),
        Part("other-files", "mutated results, people, rules, papers, workbooks, published packages", "tools/mutate-packages", ["forking_hanjari", "hanjari"],
             [packages(mutations, ["--without", ",".join([*EXAMS, "notice"])])]),
        # Each starts a database of its own, so that there are fewer; the fuzzer of the same reader makes up for it.
        Part("notices", "mutated notices, with a database", "tools/mutate-packages --readers notice", ["forking_hanjari", "hanjari"],
             [packages(pick(quick, 3, 100), ["--readers", "notice"])]),
        Part("calls", "bodies and addresses nobody meant, every route and role", "HostileCalls.*, TooLarge.*", ["pages_test"],
             [tests("pages", ["HostileCalls.*", "TooLarge.*"], **bodies)]),
        Part("wire", "requests that could be read in two ways", "ReadHead.*, Listening.*, Corpus.*", ["pages_test"],
             [tests("pages", ["ReadHead.*", "ChunkedBody.*", "ProxyHeader.*", "Listening.RefusesTheWholeBattery*", "Corpus.*"], **bodies)]),
        Part("fuzz", "readers of strangers' bytes", "tools/fuzz", [], [Command(["tools/fuzz", str(pick(quick, 1, 20))], counting.of_fuzz)]),
    ]


def racing_parts(quick):
    times = pick(quick, 1, 20)
    return [
        Part("limits", "limits of one moment: guesses, codes, look-ups, messages, orders", "GuessesAtOnce.* and others",
             ["subjects_test", "stores_test"],
             [tests("subjects", ["GuessesAtOnce.*", "Guesses.*", "LookUpSeat.CountsGuessesOfOneMoment*", "Applying.TapsAtTheSameMoment*", "Crowded.*"], times),
              tests("stores", ["Attempts.*", "SentCodes.*", "Outbox.SendsNoMoreOfAnApplication*", "AbandonedCheckouts.AreCountedAtTheSameMomentToo",
                               "IntakeStoreTest.*AtOnce*", "IntakeStoreTest.*SameMoment*", "HealthDecisions.AtTheSameMoment*",
                               "ApprovalStore.TakesOneOfTwoSteps*", "JobStore.IsClaimedOnce*"], times)]),
        Part("shares", "memory, connections and pictures of one source or account", "BodyShares.*, PictureQueue.*", ["pages_test"],
             [tests("pages", ["BodyShares.*", "HeldBytesOfABody.*", "AnswerShares.*", "PaymentRoutes.*", "ConnectionShares.*", "PictureQueue.*", "Sources.*"], times)]),
        Part("accounts", "sign-in, second factor, security keys and resets under attack", "SignIn.*, Enrolments.*, TakenOnce.*",
             ["subjects_test", "stores_test", "pages_test"],
             [tests("subjects", ["SignIn.*", "Reset.*", "Enrolments.*", "ChangesOnTheWay.*", "CodeSendings.*", "TakenOnce.*", "SecurityKey*.*", "Totp.*"], pick(quick, 1, 5)),
              tests("stores", ["AccountStore.*", "Unheard*.*", "SecurityKeyStore.*"])]),
        Part("money", "orders, closing, late and forged payments, claims of numbers", "AbandonedCheckouts.*, Paying.*",
             ["subjects_test", "stores_test", "carriers_test"],
             [tests("stores", ["AbandonedCheckouts.*", "ClosingJobs.*", "IntakeStoreTest.*Number*"]), tests("carriers", ["Paying.*"])]),
        Part("messages", "floods, unconfirmed contacts, slow gateways", "SendingToAccounts.*, SlowGateway.*",
             ["subjects_test", "stores_test", "carriers_test"],
             [tests("subjects", ["SendingToAccounts.*", "SlowGateway.*", "OfferNotices.*", "VenueLetters.*"]), tests("stores", ["Outbox.*"]),
              tests("carriers", ["SmtpCarrier.*", "SmsCarrier.*"]), tests("pages", ["DutyPages.AskNobody*", "DutyMessagesOf.*"])]),
        Part("districts", "codes by mail, signatures, uploads and letters of coordinators", "VenueOffers.*, Materials.*, KeptLetters.*",
             ["subjects_test", "stores_test", "pages_test"],
             [tests("subjects", ["VenueOffers.*", "RoomLists.*", "Materials.*"]),
              tests("stores", ["KeptOffers.*", "KeptLetters.*", "KeptMaterials.*", "KeptInvigilators.*", "KeptChiefs.*"]),
              tests("pages", ["OfferPages.*", "MaterialPages.*", "DutyPages.*", "RoomsMinute.*"])]),
        Part("publication", "results before their minute, shares, steps and withdrawals", "ReleaseSteps.*, PublicationStory.*, KeptPublications.*",
             ["subjects_test", "stores_test", "pages_test", "embargo_test", "proofreading_test"],
             [tests("subjects", ["ReleaseSteps.*", "PublicationStory.*"]), tests("stores", ["KeptPublications.*"]),
              tests("pages", ["PublicationPages.*", "ReleaseByApi.*", "ReleaseClassifier.*"]),
              tests("embargo", ["SealedRecords.*", "OfficerKeys.*", "ReleaseKeys.*"]), tests("proofreading", ["*PlantedFaults.*", "Proofreading.*"])]),
        Part("two-officers", "announced notices, live plans, withdrawals and second factors that one officer alone changes",
             "NoticeChanges.*, WithdrawalStore.*, ApprovalStore.*", ["subjects_test", "stores_test", "pages_test"],
             [tests("subjects", ["NoticeChanges.*", "ManyNoticeSteps.*", "StaffCare.*"]),
              tests("stores", ["NoticeProposalStoreTest.*", "WithdrawalStore.*", "ApprovalStore.*"]),
              tests("pages", ["NoticeProposalPages.*", "WithdrawalPages.*", "StaffPages.*"])]),
    ]


def sick_parts(quick):
    levels = {} if quick else {"HANJARI_ALL_LEVELS": "yes"}
    work = [tests("stores", ["Kill.*", "KeyChange.*Killed*", "Destruction.HoldsForAnyStates*", "KeyRotation.GoesOn*"])]
    if not quick:
        work.append(tests("commands", ["KilledServers.*"]))
    return [
        Part("kills", "kill -9 in imports and while a plan goes live", "tools/kill-campaign", ["hanjari"],
             [Command(["tools/kill-campaign", "--program", f"{CHECK}/hanjari", "--kills", str(pick(quick, 2, 60)),
                       "--applicants", str(pick(quick, 300, 3_000))], counting.of_kills)]),
        Part("release-kills", "kill -9 of program and database around the minute of a release", "tools/release-kills", ["hanjari"],
             [Command(["tools/release-kills", "--program", f"{CHECK}/hanjari", "--kills", str(pick(quick, 3, 50))], counting.of_release_kills)]),
        Part("killed-work", "kill -9 at every step of jobs, keys and destruction", "KilledServers.*, KeyChange.*", ["stores_test", "commands_test"], work),
        Part("sick-database", "hung, slow, full, read-only, refusing, away", "SickDatabase.*, DatabaseWatch.*", ["stores_test", "commands_test"],
             [tests("stores", ["DatabaseWatch.*", "ConnectionPool.*", "Connection.ToAHung*", "DataKeys.*", "Transaction.*"]),
              tests("commands", ["SickDatabase.*"])]),
        Part("bad-rows", "rows and keys that do not open", "DamagedRows.*, DamagedLists.*, OneBadRow.*", ["stores_test", "pages_test"],
             [tests("stores", ["DamagedRows.*", "DamagedLists.*"]), tests("pages", ["OneBadRow.*", "EdgeAnswers.*"])]),
        Part("upgrades", "every earlier level, killed at every step", "Upgrade.*, Migrations.*", ["stores_test"],
             [tests("stores", ["Upgrade.*", "Migrations.*", "Opening.*"], **levels)]),
        Part("machine", "few files, little memory, small files, read-only, wrong clocks", "ScarceMachine.*, FewFiles.*, ClockJumps.*",
             ["hanjari", "program_test", "commands_test", "stores_test", "subjects_test"],
             [tests("program", ["ScarceMachine.*"]), tests("commands", ["OpenFiles.*", "FewFiles.*"]), tests("stores", ["ClockJumps.*"]),
              tests("subjects", ["ClockJumps.*"])]),
        Part("record", "the audit trail broken in every way", "Audit.*, AuditProtection.*, AuditVerifyCommand.*", ["stores_test", "commands_test"],
             [tests("stores", ["Audit.*", "AuditProtection.*", "DocumentedAccounts.*"]), tests("commands", ["AuditVerifyCommand.*"])]),
        Part("rights", "every route as every role", "AuthorizationTable.*, RouteTable.*", ["pages_test"],
             [tests("pages", ["Authorization*.*", "RouteTable.*", "Kept.*"])]),
    ]


# These take longest, and begin first, so that no processor is idle at the end.
LONGEST = ["release-kills", "exam-files", "other-files", "upgrades", "kills", "fuzz"]


def all_parts(quick):
    parts = hostile_parts(quick) + racing_parts(quick) + sick_parts(quick)
    return sorted(parts, key=lambda part: LONGEST.index(part.name) if part.name in LONGEST else len(LONGEST))


def needed_targets(parts):
    return sorted({target for part in parts for target in part.targets})


def missing_programs(parts):
    places = {"hanjari": f"{CHECK}/hanjari"}
    files = [places.get(target, f"{CHECK}/tests/{target}") for target in needed_targets(parts)]
    return [file for file in files if not os.path.exists(file)]
