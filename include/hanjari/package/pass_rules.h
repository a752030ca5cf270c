// The rules by which a recruitment decides who passes (rules.json of a result package), by themselves and as a table
// that people copy to a spreadsheet and back.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/fault.h"
#include "hanjari/selection/rules.h"

namespace hanjari::package {

// Settings that are not there have their defaults. Throws InvalidInput with every fault.
selection::Rules parse_pass_rules(std::string_view text, const std::string& name);
// Every setting of both stages; parse_pass_rules gives it back, and a result package takes it as its rules.json.
std::string render_pass_rules(const selection::Rules& rules);

// A setting a line: its dotted name, what it means (`meaning` is asked with slashes for the dots: ties/cut), its value.
// A row of the pass table is pass_table.POSTS with `number N`, `plus N` or `percent N`; unit codes are parted by "; ".
std::string write_rules_table(const selection::Rules& rules,
                              const std::function<std::string(const std::string& place)>& meaning);
// What it means is not read, and a setting without a line has its default. Throws InvalidInput with every fault, each
// with its line and column.
selection::Rules read_rules_table(std::string_view text, std::vector<Fault>& warnings);

}  // namespace hanjari::package
