// The database without the program: a plain writer of the same rows, and the judge of what a campaign left.
#pragma once

#include <string>

namespace bench {

// `connections` threads, each application in a transaction of its own with one COMMIT, on drafts that `draft` made.
int run_plain(const std::string& data, const std::string& exam, int first, int count, int connections);
// Compares what people were told with what is stored; prints the counts, 1 when anything is wrong.
int run_judge(const std::string& data, const std::string& exam, const std::string& acks);

// Publishes recruitment.json in the database that a service of this folder runs.
int run_publish(const std::string& data, const std::string& file);

}  // namespace bench
