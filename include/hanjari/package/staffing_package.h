// The folder of people who may invigilate, and the folder of duties (contract: Invigilators; docs/formats.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "hanjari/base/fault.h"
#include "hanjari/base/output.h"
#include "hanjari/domain/duties.h"
#include "hanjari/domain/duty_history.h"
#include "hanjari/package/csv.h"
#include "hanjari/package/packed_exam.h"

namespace hanjari::package {

struct LoadedStaff {
  Staff staff;                  // canonical
  std::vector<Fault> warnings;  // unknown columns and keys, past pairs of people who are not in the list
};

// Reads and checks invigilators.csv, staffing.json and, where they are, conflicts.csv and past_pairs.csv, each as such a
// file or as a sheet of a workbook, all against the exam; throws InvalidInput with every fault of every file, NotFound (folder_not_found) when there is no such
// folder.
LoadedStaff load_staff(const Exam& exam, const std::filesystem::path& folder, Encoding encoding);
// The same of a folder that is held in memory, and its files out of a ZIP (throws as unpack_exam). A ZIP may also hold
// contacts.csv and past_duties.csv, which only the office reads: the program never places people by them.
LoadedStaff load_staff(const Exam& exam, const PackedFiles& files, Encoding encoding);
PackedFiles unpack_staff(std::string_view zip, const UnpackLimits& limits = {});

// contacts.csv: how people are reached.
struct StaffContact {
  InvigilatorId id;
  std::string email;  // may be empty
  std::string phone;  // may be empty
  std::uint64_t line = 0;  // where it stands; 0: typed
};
// Empty where the file is absent; throws InvalidInput with every fault.
std::vector<StaffContact> load_staff_contacts(const PackedFiles& files, Encoding encoding,
                                              std::vector<Fault>& warnings);

// past_duties.csv: what people did before, row by row, which only the office reads and shows to whom it belongs.
struct StaffHistory {
  InvigilatorId id;
  PastDuty duty;
  std::uint64_t line = 0;
};
// Empty where the file is absent; throws InvalidInput with every fault.
std::vector<StaffHistory> load_staff_history(const PackedFiles& files, Encoding encoding, std::vector<Fault>& warnings);

// staffing.json alone; throws InvalidInput with every fault.
StaffingRules load_staffing_rules(const std::string& json);
std::string render_staffing_rules(const StaffingRules& rules);

// invigilators.csv of these people, in this order.
std::string render_invigilators(const std::vector<Invigilator>& people);
// The four files of the folder as save_staff writes them.
PackedFiles pack_staff(const Exam& exam, const Staff& staff);

// Writes the folder so that load_staff gives the same staff; what stands there already is judged by AtomicFolder
// (base/file.h).
void save_staff(const Exam& exam, const Staff& staff, const std::filesystem::path& folder,
                Existing existing = Existing::keep);

// What the files say; throws InvalidInput when they cannot be read as duties at all or somebody stands in them twice
// with `once`. Only duties.csv must be there. Judging is the verifier's job.
enum class Repetition { allowed, fault };
DutyRows load_duties(const std::filesystem::path& folder, Encoding encoding, Repetition repetition);
// The same of files that are held in memory, as pack_duties gives them.
DutyRows load_duties(const PackedFiles& files, Encoding encoding, Repetition repetition);

// Writes duties.csv, unfilled.csv and report.json; what stands there already is judged by AtomicFolder (base/file.h).
// `history`, where there is one, goes to history.json with the digest of these duties.
void save_duties(const DutyRows& rows, const std::filesystem::path& folder, Existing existing = Existing::keep,
                 const DutyHistory* history = nullptr);

// The files that save_duties writes, byte for byte.
PackedFiles pack_duties(const DutyRows& rows, const DutyHistory* history = nullptr);

// report.json as it is written.
std::string render_duty_report(const DutyReport& report);

}  // namespace hanjari::package
