// Finds the command, runs it, and turns what it throws into messages and exit statuses.
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <new>

#include <Poco/Util/Option.h>
#include <Poco/Util/OptionException.h>
#include <Poco/Util/OptionProcessor.h>
#include <Poco/Util/OptionSet.h>
#include <fmt/format.h>

#include "cli/terminal.h"
#include "hanjari/base/bug.h"
#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "program/run.h"

namespace hanjari::cli {
namespace {

struct Invoked {
  const Command* command = nullptr;
  Arguments arguments;
  bool help = false;
  bool version = false;
};

Text in_our_words(const Poco::Util::OptionException& refused, const std::string& word) {
  if (dynamic_cast<const Poco::Util::UnknownOptionException*>(&refused) != nullptr) {
    return {fmt::format("unknown option {}", word), fmt::format("알 수 없는 옵션입니다: {}", word)};
  }
  if (dynamic_cast<const Poco::Util::AmbiguousOptionException*>(&refused) != nullptr) {
    return {fmt::format("{} is short for more than one option", word),
            fmt::format("{}에 해당하는 옵션이 둘 이상입니다", word)};
  }
  if (dynamic_cast<const Poco::Util::DuplicateOptionException*>(&refused) != nullptr) {
    return {fmt::format("{} is given twice", word), fmt::format("{} 옵션이 두 번 주어졌습니다", word)};
  }
  if (dynamic_cast<const Poco::Util::MissingArgumentException*>(&refused) != nullptr) {
    return {fmt::format("{} needs a value", word), fmt::format("{} 옵션에 값이 필요합니다", word)};
  }
  return {fmt::format("{} takes no value", word), fmt::format("{} 옵션에는 값이 없습니다", word)};
}

// "db status" is tried before "db".
const Command* find_command(const std::vector<std::string>& words, std::size_t& used) {
  for (const std::size_t count : {std::size_t{2}, std::size_t{1}}) {
    if (words.size() < count) continue;
    const std::string name = count == 2 ? words[0] + " " + words[1] : words[0];
    for (const Command& command : commands()) {
      if (command.name == name) {
        used = count;
        return &command;
      }
    }
  }
  return nullptr;
}

// Fills `invoked` as far as it gets, so that a wrong use can still show the usage of its command.
void parse(const std::vector<std::string>& words, Invoked& invoked) {
  std::size_t at = 0;
  invoked.command = find_command(words, at);
  if (invoked.command == nullptr) {
    if (words.empty() || words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
      invoked.help = true;
      return;
    }
    if (words[0] == "--version" || words[0] == "-V" || words[0] == "version") {
      invoked.version = true;
      return;
    }
    throw WrongUsage{{fmt::format("unknown command '{}'; see hanjari --help", words[0]),
                      fmt::format("알 수 없는 명령입니다: '{}'. hanjari --help를 보십시오", words[0])}};
  }
  Poco::Util::OptionSet known;
  for (const Option& option : invoked.command->options) {
    Poco::Util::Option described(option.name, "", option.help.en);
    if (!option.argument.empty()) described.argument(option.argument);
    described.repeatable(option.repeated);
    known.addOption(described);
  }
  known.addOption(Poco::Util::Option("help", "h", "this help"));
  Poco::Util::OptionProcessor processor(known);
  processor.setUnixStyle(true);
  try {
    for (; at < words.size(); ++at) {
      std::string name;
      std::string value;
      if (!processor.process(words[at], name, value)) {
        if (words[at] != "--") invoked.arguments.positionals.push_back(words[at]);
      } else if (name == "help") {
        invoked.help = true;
        return;
      } else if (!name.empty()) {  // empty: the option's value is the next word
        invoked.arguments.options.emplace(name, value);
        invoked.arguments.repeated[name].push_back(value);
      }
    }
    processor.checkRequired();
  } catch (const Poco::Util::OptionException& refused) {
    throw WrongUsage{in_our_words(refused, words[std::min(at, words.size() - 1)])};
  }
  const auto& positionals = invoked.command->positionals;
  const std::size_t given = invoked.arguments.positionals.size();
  if (given > positionals.size() && (positionals.empty() || !positionals.back().repeated)) {
    throw WrongUsage{{fmt::format("'{}' is one word too many", invoked.arguments.positionals[positionals.size()]),
                      in_korean("'{}'[은/는] 남는 인수입니다", invoked.arguments.positionals[positionals.size()])}};
  }
  for (std::size_t position = given; position < positionals.size(); ++position) {
    if (positionals[position].required) {
      throw WrongUsage{{fmt::format("{} is missing", positionals[position].name),
                        fmt::format("{} 인수가 필요합니다", positionals[position].name)}};
    }
  }
  return;
}

std::string usage_line(const Command& command) {
  std::string line = "hanjari " + command.name;
  for (const Positional& positional : command.positionals) {
    const std::string word = positional.name + (positional.repeated ? "..." : "");
    line += positional.required ? " " + word : " [" + word + "]";
  }
  if (!command.options.empty()) line += " [--OPTION ...]";
  return line;
}

std::string padded(const std::string& text, int width) {
  return text + std::string(static_cast<std::size_t>(std::max(1, width - display_width(text))), ' ');
}

std::string help_of_all(Language language) {
  const bool korean = language == Language::korean;
  std::string help = korean ? "hanjari (한자리): 채용시험 관리\n\n사용법: hanjari 명령 [인수...] [--옵션 ...]\n\n"
                            : "hanjari: a seat for everyone\n\nUsage: hanjari COMMAND [ARGUMENT...] [--OPTION ...]\n\n";
  int widest = 0;
  for (const Command& command : commands()) widest = std::max(widest, display_width(command.name));
  for (const Command& command : commands())
    help += "  " + padded(command.name, widest + 2) + command.summary.in(language) + "\n";
  help += korean ? "\nhanjari 명령 --help: 그 명령의 인수와 옵션\nhanjari --version: 프로그램의 버전\n"
                 : "\nhanjari COMMAND --help tells a command's arguments and options\n"
                   "hanjari --version tells the program's version\n";
  return help;
}

std::string help_of(const Command& command, Language language) {
  std::string help = command.summary.in(language) + "\n\n" + (language == Language::korean ? "사용법: " : "Usage: ") +
                     usage_line(command) + "\n\n";
  for (const Positional& positional : command.positionals)
    help += "  " + padded(positional.name, 26) + positional.help.in(language) + "\n";
  for (const Option& option : command.options) {
    const std::string word = "--" + option.name + (option.argument.empty() ? "" : " " + option.argument);
    help += "  " + padded(word, 26) + option.help.in(language) + "\n";
  }
  return help;
}

void say_faults(const Faults& faults, const Terminal& terminal) {
  for (const Fault& fault : faults.kept()) std::fprintf(stderr, "%s\n", fault.format(terminal.language).c_str());
  if (faults.count() > faults.kept().size()) {
    const auto rest = group_digits(static_cast<long long>(faults.count() - faults.kept().size()));
    terminal.say({fmt::format("and {} more", rest), fmt::format("그 밖에 {}건", rest)});
  }
}

Exit run(const Invoked& invoked, const Terminal& terminal) {
  try {
    return invoked.command->run(invoked.arguments, terminal);
  } catch (const InvalidInput& error) {
    say_faults(error.faults(), terminal);
    terminal.say(error.message());
    return Exit::bad_input;
  } catch (const Unavailable& error) {
    terminal.say(error.message());
    return Exit::unavailable;
  } catch (const Error& error) {
    terminal.say(error.message());
    return Exit::bad_input;
  }
}

// What was half done is gone with the exception, and there is room for a sentence again. A thread needs memory for its stack: the
// system refuses it as it refuses memory.
int say_lack(const Terminal& terminal) {
  terminal.say({"the memory does not suffice for this (or the threads or open files that the system gives); end other programs, or do "
                "it on a machine (or within a limit) of more memory",
                "메모리(또는 시스템이 주는 스레드나 열 수 있는 파일)가 부족합니다. 다른 프로그램을 끝내거나 메모리가 더 많은 "
                "컴퓨터(또는 더 큰 한도)에서 다시 하십시오"});
  return static_cast<int>(Exit::unavailable);
}

}  // namespace

int run_program(int argc, char** argv) {
  // A file that may not grow further is told like a full disk: by the write that fails, not by a signal.
  std::signal(SIGXFSZ, SIG_IGN);
  const Language language = language_of_environment();
  LineProgress progress(language, system_clock());
  const Terminal terminal{language, progress};
  Invoked invoked;
  try {
    parse(std::vector<std::string>(argv + 1, argv + argc), invoked);
    if (invoked.version) {
      terminal.print("hanjari " HANJARI_VERSION "\n");
      return static_cast<int>(Exit::done);
    }
    if (invoked.help) {
      terminal.print(invoked.command == nullptr ? help_of_all(language) : help_of(*invoked.command, language));
      return static_cast<int>(Exit::done);
    }
    return static_cast<int>(run(invoked, terminal));
  } catch (const WrongUsage& wrong) {
    terminal.say(wrong.message);
    if (invoked.command != nullptr) {
      const std::string usage = usage_line(*invoked.command);
      terminal.say({"usage: " + usage, "사용법: " + usage});
    }
    return static_cast<int>(Exit::usage);
  } catch (const std::filesystem::filesystem_error& refused) {
    if (tells_of_lack(refused)) return say_lack(terminal);
    // A path that the system will not use as it is meant: a file where a folder should be, an empty name.
    terminal.say({fmt::format("'{}' cannot be used: {}; name another file or folder", refused.path1().string(),
                              refused.code().message()),
                  in_korean("'{}'[을/를] 쓸 수 없습니다({}). 다른 파일이나 폴더를 지정하십시오", refused.path1().string(),
                              refused.code().message())});
    return static_cast<int>(Exit::bad_input);
  } catch (const std::exception& bug) {
    if (tells_of_lack(bug)) return say_lack(terminal);
    const std::string words = describe_bug(bug);
    terminal.say({fmt::format("internal error, please report it: {}", words),
                  fmt::format("내부 오류입니다. 알려 주십시오: {}", words)});
    return static_cast<int>(Exit::bug);
  }
}

}  // namespace hanjari::cli
