// A command of the program: its words, its options and the function that runs it. One file of src/cli per command.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/base/progress.h"
#include "hanjari/base/text.h"

namespace hanjari::cli {

struct Option {
  std::string name;      // without dashes
  std::string argument;  // name of its value, empty for a flag
  Text help;
};

struct Positional {
  std::string name;
  Text help;
  bool required = true;
  bool repeated = false;  // only the last
};

// The words after the command, checked: every name stands in the command's lists.
class Arguments {
 public:
  std::vector<std::string> positionals;
  std::map<std::string, std::string> options;  // a flag has the empty value

  bool has(const std::string& option) const { return options.contains(option); }
  std::optional<std::string> find(const std::string& option) const;
  // Throw WrongUsage with the option's name when absent or not such a value.
  std::string text(const std::string& option) const;
  std::int64_t integer(const std::string& option, std::int64_t least, std::int64_t most) const;
  double number(const std::string& option, double least, double most) const;
};

// What a command talks to besides its files.
struct Terminal {
  Language language = Language::english;
  Progress& progress;                         // a line on standard error when that is a terminal
  void say(const Text& message) const;        // to standard error
  void print(const std::string& data) const;  // to standard output
};

// Wrong use of the command line: exit status 64 with the usage.
struct WrongUsage {
  Text message;
};

// Exit statuses of the contract.
enum class Exit : int {
  done = 0,
  findings = 1,
  bad_input = 2,
  impossible = 3,
  gave_up = 4,
  unavailable = 5,
  usage = 64,
  bug = 70
};

struct Command {
  std::string name;  // "plan"; two words for a command of a group: "db status"
  Text summary;
  std::vector<Positional> positionals;
  std::vector<Option> options;
  Exit (*run)(const Arguments&, const Terminal&);
};

// Every command, in the order of --help: the table of src/program/commands.cpp.
const std::vector<Command>& commands();

// The program: finds the command, runs it, turns what it throws into messages and exit statuses. Never throws.
int run_program(int argc, char** argv);

}  // namespace hanjari::cli
