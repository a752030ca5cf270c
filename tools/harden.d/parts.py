"""What is tried before a release. A part is a name, the promise it stands for, and the commands that try it, in full and quickly."""
import os

import counting

CHECK = "build/check"
FUZZ = "build/fuzz"  # compiled with optimization: what is called many thousand times
LEAKS = "suppressions=tests/leaks-of-libraries.txt:print_suppressions=0"


class Command:
    """`words` with {kept} for a folder of what was found; `count` reads the log; `tests` when it is a test program that writes a report."""

    def __init__(self, words, count=None, environment=None, times=1):
        self.words, self.count, self.times = words, count, times
        self.environment = environment or {}
        self.tests = count is None


class Part:
    """The commands of a part that `waits` need the clock more than a processor: they run side by side, and beside the other parts."""

    def __init__(self, name, what, shown_by, targets, commands, waits=False):
        self.name, self.what, self.shown_by, self.targets, self.commands, self.waits = name, what, shown_by, targets, commands, waits


def tests(program, names, times=1, **environment):
    given = {"LSAN_OPTIONS": LEAKS, "ASAN_OPTIONS": "detect_leaks=1", "UBSAN_OPTIONS": "print_stacktrace=1", **environment}
    return Command([f"{CHECK}/tests/{program}_test", "--gtest_brief=1", "--gtest_filter=" + ":".join(names)], None, given, times)


def packages(count, which):
    return Command(["tools/mutate-packages", "--program", f"{FUZZ}/tests/forking_hanjari", "--jobs", "1", "--count", str(count), "--keep", "{kept}", *which],
                   counting.of_packages)


def pick(quick, few, many):
    return few if quick else many


# The readers of tools/mutate-packages by what they read, in shares that two processors divide evenly. The notice has a part of its own.
READERS = [
    ("exam-files", "mutated exams, as tables and as workbooks", ["exam", "rooms", "changed-exam", "sheets", "addresses"]),
    ("plan-files", "mutated plans, their history and edits", ["plan", "replanned", "compared", "history", "edits", "contacts"]),
    ("result-files", "mutated results and rules, as tables and as workbooks", ["results", "final-results", "rules", "cases", "rescored", "compared-results", "result-sheets"]),
    ("staff-files", "mutated people, duties and edits of duties", ["people", "duties", "kept-duties", "duty-edits", "duty-history", "people-sheets"]),
    ("paper-files", "mutated templates, and papers of mutated packages", ["templates", "ways", "printed"]),
    ("pasted-tables", "mutated notices, and tables that only pages take: of a notice, subjects, pass rules, rooms, interviews, contacts and earlier duties",
     ["notice-file", "pasted"]),
    ("public-files", "mutated publications, certificates, receipts, draws and figures",
     ["published", "certificate", "receipt", "drawn", "rates", "fairness", "earlier-fairness"]),
]


def hostile_parts(quick):
    mutations = pick(quick, 20, 10_000)
    bodies = {"HANJARI_BODIES": str(pick(quick, 20, 500))}
    return [
        *(Part(name, what, f"tools/mutate-packages --readers {names[0]},...", ["forking_hanjari"],
               [packages(mutations, ["--readers", ",".join(names)])]) for name, what, names in READERS),
        # Each starts a database of its own, so that there are fewer; the reader notice-file reads the same notices without one.
        Part("notices", "mutated notices, with a database", "tools/mutate-packages --readers notice", ["forking_hanjari"],
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
        Part("shares", "memory, connections and pictures of one source or account", "BodyShares.*, PictureQueue.*", ["pages_test", "subjects_test"],
             [tests("pages", ["BodyShares.*", "HeldBytesOfABody.*", "AnswerShares.*", "PaymentRoutes.*", "ConnectionShares.*", "PictureQueue.*"], times), tests("subjects", ["Sources.*"])]),
        Part("accounts", "sign-in, second factor, security keys and resets under attack", "SignIn.*, Enrolments.*, TakenOnce.*",
             ["subjects_test", "stores_test", "pages_test"],
             [tests("subjects", ["SignIn.*", "Reset.*", "Enrolments.*", "ChangesOnTheWay.*", "CodeSendings.*", "TakenOnce.*", "SecurityKey*.*", "Totp.*"], pick(quick, 1, 5)),
              tests("stores", ["AccountStore.*", "Unheard*.*", "SecurityKeyStore.*"])]),
        Part("money", "orders, closing, late and forged payments, claims of numbers", "AbandonedCheckouts.*, Paying.*",
             ["subjects_test", "stores_test", "carriers_test"],
             [tests("stores", ["AbandonedCheckouts.*", "ClosingJobs.*", "IntakeStoreTest.*Number*", "TakenBackStore.*"]),
              tests("subjects", ["TakenBack.*"]), tests("carriers", ["Paying.*", "Deadline.*"])]),
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
             [tests("subjects", ["ReleaseSteps.*", "PublicationStory.*", "FinalRelease.*", "SentObjections.*", "KeptRegister.*"]),
              tests("stores", ["KeptPublications.*", "KeptObjections.*"]),
              tests("pages", ["PublicationPages.*", "FinalReleasePages.*", "ReleaseByApi.*", "ReleaseClassifier.*"]),
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
             [Command(["tools/release-kills", "--program", f"{CHECK}/hanjari", "--kills", str(kills), "--seed", str(seed)], counting.of_release_kills)
              for seed, kills in enumerate(pick(quick, [3], [17, 17, 16]), 1)], waits=True),
        Part("killed-work", "kill -9 at every step of jobs, keys and destruction", "KilledServers.*, KeyChange.*", ["stores_test", "commands_test"], work),
        Part("sick-database", "hung, slow, full, read-only, refusing, away", "SickDatabase.*, DatabaseWatch.*", ["stores_test", "commands_test"],
             [tests("stores", ["DatabaseWatch.*", "ConnectionPool.*", "Connection.ToAHung*", "DataKeys.*", "Transaction.*"]),
              tests("commands", ["SickDatabase.*"])]),
        Part("bad-rows", "rows and keys that do not open", "DamagedRows.*, DamagedLists.*, OneBadRow.*", ["subjects_test", "stores_test", "pages_test", "commands_test"],
             [tests("subjects", ["PapersJob.ConcernsOnly*"]), tests("stores", ["DamagedRows.*", "DamagedLists.*"]), tests("pages", ["OneBadRow.*", "EdgeAnswers.*"]),
              tests("commands", ["IntakeLists.*"])]),
        Part("upgrades", "every earlier level, killed at every step", "Upgrade.*, Migrations.*", ["stores_test"],
             [tests("stores", ["Upgrade.*", "Migrations.*", "Opening.*"], **levels)]),
        Part("machine", "few files, little memory, small files, read-only, wrong clocks", "ScarceMachine.*, FewFiles.*, ClockJumps.*",
             ["hanjari", "program_test", "commands_test", "stores_test", "subjects_test"],
             [tests("program", ["ScarceMachine.*"]), tests("commands", ["OpenFiles.*", "FewFiles.*"]), tests("stores", ["ClockJumps.*"]),
              tests("subjects", ["ClockJumps.*"])]),
        Part("record", "the audit trail broken in every way", "Audit.*, AuditProtection.*, AuditVerifyCommand.*", ["stores_test", "commands_test"],
             [tests("stores", ["Audit.*", "AuditProtection.*", "DocumentedAccounts.*"]), tests("commands", ["AuditVerifyCommand.*"])]),
        Part("promises", "what docs/security.md names besides", "Strangers.*, KeyChange.*, IdToken.* and others",
             ["subjects_test", "stores_test", "pages_test", "carriers_test", "commands_test", "program_test", "hanjari", "seating_test", "workbook_test",
              "package_test", "base_test", "photos_test", "fairness_test", "proof_test"],
             [tests("subjects", ["CodeSendings.*", "SignUps.*", "UnheardAnswers.*", "Messages.*", "LookUpSeat.*", "Applying.*", "OfficeTableUseCases.*",
                                 "PasswordWork.*", "Passwords.*", "FormOwners.*", "SeatReminders.*"]),
              tests("stores", ["PlanWorkbench.*", "IntakeStoreTest.*", "SetupStoreTest.*", "ApplicationTableTest.*", "KeyChange.*", "KeyRotation.*", "Destruction.*",
                               "DriverErrors.*", "FieldCipher.*", "SealedTables.*", "OfficeKeyStore.*"]),
              tests("pages", ["TrustedProxies.*", "Proxies.*", "Tls.*", "Haproxy.*", "Listening.*", "Portal.*", "PackedTyped.*", "ByProvider.*",
                              "OwnPapersPages.*", "OwnEditions.*", "Strangers.*", "WorkbenchPages.*", "SecurityKeyPages.*", "SentDutyFields.*",
                              "AcceptedCalls.*", "OfficeApplications.*", "OfficePages.*", "PortalEntry.*", "JsonBody.*", "KeptWords.*", "DeskPages.*", "SentFileNames.*", "OwnApplication.*", "Applying.*"]),
              tests("carriers", ["HttpCall.*", "RealSmtpServer.*", "IdToken.*", "KeySet.*", "Provider.*"]),
              tests("commands", ["LiveCommand.*", "RecruitmentCommand.*", "LogEvents.*"]), tests("program", ["Harden.*"]),
              tests("seating", ["RoomCapacityWithin.*"]), tests("workbook", ["ReadWorkbook.*"]), tests("package", ["PackedExam.*", "LoadExam.TakesNoKeys*", "SheetTables.TakeNoList*"]), tests("base", ["Nesting.*", "Bug.*"]),
              tests("photos", ["Portrait.*", "Photo.*"]), tests("fairness", ["Rates.*", "RatesJudge.*", "Protection.*"]), tests("proof", ["VerifyPublication.*"])]),
        Part("rights", "every route as every role", "AuthorizationTable.*, RouteTable.*", ["pages_test"],
             [tests("pages", ["Authorization*.*", "RouteTable.*", "Kept.*"])]),
    ]


# These take longest, and begin first, so that no processor is idle at the end.
LONGEST = ["release-kills", "upgrades", "kills", *(name for name, _, _ in READERS), "fuzz"]


def all_parts(quick):
    parts = hostile_parts(quick) + racing_parts(quick) + sick_parts(quick)
    return sorted(parts, key=lambda part: LONGEST.index(part.name) if part.name in LONGEST else len(LONGEST))


def programs_in(folder, parts):
    """Targets of the build folder that the parts run."""
    targets = {target for part in parts for target in part.targets}
    return sorted(target for target in targets if (FUZZ if target == "forking_hanjari" else CHECK) == folder)


def missing_programs(parts):
    files = [f"{folder}/{target}" if target == "hanjari" else f"{folder}/tests/{target}" for folder in (CHECK, FUZZ) for target in programs_in(folder, parts)]
    return [file for file in files if not os.path.exists(file)]
