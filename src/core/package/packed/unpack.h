// The files of one package out of a ZIP, whatever kind of package it is.
#pragma once

#include <span>
#include <string_view>

#include "hanjari/base/text.h"
#include "hanjari/package/packed_exam.h"

namespace hanjari::package {

struct PackKind {
  std::span<const std::string_view> files;  // that are read; of others only the name is kept
  std::string_view root;                    // the package is the folder in which this one stands
  std::string_view workbook;                // what a package is called that is one workbook
  Text called;                              // the package, in the middle of a sentence
  Text when_too_large;                      // what to do then
  Text of_one_table{};                      // how one table is sent by itself; empty where it cannot be
};

// See unpack_exam.
PackedFiles unpack(std::string_view zip, const UnpackLimits& limits, const PackKind& kind);

}  // namespace hanjari::package
