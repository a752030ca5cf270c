// Why a code that is not known may be meant for one that is: what spreadsheets and copying make of codes.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hanjari/package/csv.h"

namespace hanjari::package {

// Calls a function with each known code, in any order.
using EachCode = std::function<void(const std::function<void(std::string_view)>&)>;

// A code that is not known, and the one that it stands for; empty where that was lost.
struct NearCode : IdentifierFault {
  std::string meant;
};

// What happened to `code`, which does not stand in `file`, and which code is meant. Nothing when none is near.
std::optional<NearCode> find_near_code(std::string_view code, const char* file, const EachCode& each_code);

// The same for codes of which there may be millions: each is looked up and not compared with all.
class NearCodes {
 public:
  explicit NearCodes(const char* file) : file_(file) {}
  void add(std::string_view code);
  // What people call the row of a code: the series of a unit, a school. It is typed in place of the code; several rows may be called so.
  void add_name(std::string_view name, std::string_view code);
  // Nothing for a code that is known, or that is near to none.
  std::optional<NearCode> find(std::string_view code) const;

 private:
  std::optional<NearCode> find_named(std::string_view name) const;

  const char* file_;
  std::map<std::string, std::set<std::string>, std::less<>> codes_of_name_;
  std::set<std::string, std::less<>> known_;
  std::unordered_map<std::string, std::vector<std::string>> by_key_;  // as a number, and without case and width
};

// 1.23457E+11: a long number that a spreadsheet rounded.
bool is_rounded_number(std::string_view text);
IdentifierFault rounded_number_fault(std::string_view text);

}  // namespace hanjari::package
