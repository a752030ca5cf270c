// Files of jobs in the database, sealed in parts that a statement takes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/store.h"
#include "database/connection.h"
#include "hanjari/jobs/jobs.h"

namespace hanjari::storage {

// input: what the job works on. faults: what was wrong with it, or odd. sent, marked: see services::JobOutput. reason: why
// the input was sent.
enum class JobFile { input, faults, sent, marked, reason };
JobFile file_of(services::JobOutput output);

struct SealedPart {
  std::string id;
  std::string bytes;
};

// With the key of the exam, which is made when there is none; to be called outside of a transaction. For the office alone where the
// order's kind is of its work (services::is_for_office).
std::vector<SealedPart> seal_job_file(const Store& store, const std::string& job, const services::JobOrder& order, JobFile what,
                                      std::string_view content);
// The lines of a job that is over; nothing where there are none, or where the exam's key is being destroyed.
std::vector<SealedPart> seal_faults(const Store& store, const services::Job& ended);
void write_job_file(Connection& connection, const services::Job& job, JobFile what, const std::vector<SealedPart>& parts);
// Nothing when there is none.
std::optional<std::string> read_job_file(Connection& connection, const Store& store, const std::string& job,
                                         JobFile what);
void remove_job_input(Connection& connection, const std::string& job);
void remove_job_files(Connection& connection, const std::string& job, JobFile what);
bool has_job_file(Connection& connection, const std::string& job, JobFile what);
// Faults of jobs that ended before `time` (see sql_time), and outputs of those before `output_time`, some at a time; true when there
// may be more.
bool remove_fault_parts(Connection& connection, const std::string& time, const std::string& output_time);

std::string write_fault_lines(const std::vector<Text>& lines);
std::vector<Text> parse_fault_lines(std::string_view text);

}  // namespace hanjari::storage
