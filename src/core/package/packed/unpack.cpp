#include "package/packed/unpack.h"

#include <zip.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/package/sheet_tables.h"
#include "hanjari/workbook/file_kinds.h"
#include "package/csv/characters.h"
#include "package/csv/csv_input.h"

namespace hanjari::package {
namespace {

struct CloseZip {
  void operator()(zip_t* zip) const { zip_discard(zip); }
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Zip = std::unique_ptr<zip_t, CloseZip>;

struct ZipEntry {
  std::string folder;  // with its slash; empty for none
  std::string name;
  zip_uint64_t index = 0;
  zip_uint64_t bytes = 0;
  bool locked = false;
};

[[noreturn]] void refuse_zip(Text what, Text fix) {
  Faults faults;
  faults.add({"ZIP", 0, "", std::move(what), std::move(fix)});
  throw InvalidInput(std::move(faults));
}

// What was sent in place of a ZIP; nothing is said of what is not known.
std::optional<Text> name_sent(std::string_view bytes) {
  if (auto kind = workbook::name_of_file_kind(bytes)) return kind;
  const std::string_view text = bytes.substr(0, bytes.find('\0'));
  if (bytes.empty() || text.size() < bytes.size()) return std::nullopt;
  if (!is_valid_utf8(text) && !is_valid_utf8(decode_cp949(text))) return std::nullopt;
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && text[first] == '{') return Text{"a JSON file", "JSON 파일"};
  return Text{"a text file, as one table saved as CSV is", "텍스트 파일(표 하나를 저장한 CSV 등)"};
}

[[noreturn]] void refuse_sent(std::string_view bytes, const PackKind& kind) {
  Text fix{fmt::format("pack the folder of the {} as a ZIP file and send that, or one workbook (.xlsx) that holds its tables as sheets",
                             kind.called.en),
                 fmt::format("{} 폴더를 ZIP으로 압축하여 보내거나, 표가 시트로 든 통합 문서(.xlsx) 하나를 보내십시오", kind.called.ko)};
  if (!kind.of_one_table.en.empty()) {
    fix.en += "; " + kind.of_one_table.en;
    fix.ko += ". " + kind.of_one_table.ko;
  }
  if (bytes.starts_with("PK") && !workbook::is_packed_document(bytes)) refuse_zip({"the ZIP file is damaged", "ZIP 파일이 손상되었습니다"}, fix);
  const auto sent = name_sent(bytes);
  if (!sent) refuse_zip({"this is no ZIP file, or it is damaged", "ZIP 파일이 아니거나 손상되었습니다"}, fix);
  refuse_zip({fmt::format("this is no ZIP file; it is {}", sent->en), fmt::format("ZIP 파일이 아니라 {}입니다", sent->ko)}, fix);
}

Zip open_zip(std::string_view bytes, const PackKind& kind) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* zip = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
  if (zip == nullptr && source != nullptr) zip_source_free(source);
  zip_error_fini(&error);
  if (zip == nullptr) refuse_sent(bytes, kind);
  return Zip(zip);
}

// What systems put beside the files by themselves.
bool is_leaving(std::string_view folder, std::string_view name) {
  return name.empty() || name.front() == '.' || name == "Thumbs.db" || folder.starts_with("__MACOSX/");
}

std::vector<ZipEntry> list_entries(zip_t* zip, const UnpackLimits& limits, const PackKind& kind) {
  const zip_int64_t count = std::max<zip_int64_t>(zip_get_num_entries(zip, 0), 0);
  if (static_cast<std::uint64_t>(count) > limits.entries) {
    refuse_zip({fmt::format("the ZIP holds {} files", count), fmt::format("ZIP에 파일이 {}개 들어 있습니다", count)},
               {fmt::format("pack the files of one {} only", kind.called.en),
                fmt::format("{} 하나의 파일만 압축하십시오", kind.called.ko)});
  }
  std::vector<ZipEntry> entries;
  for (zip_uint64_t index = 0; index < static_cast<zip_uint64_t>(count); ++index) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat_index(zip, index, 0, &stat) != 0 || (stat.valid & ZIP_STAT_NAME) == 0) continue;
    // Some programs part folders as Windows does.
    std::string path = stat.name;
    std::replace(path.begin(), path.end(), '\\', '/');
    const std::size_t name_at = path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1;
    ZipEntry entry;
    entry.folder = path.substr(0, name_at);
    entry.name = path.substr(name_at);
    entry.index = index;
    entry.bytes = (stat.valid & ZIP_STAT_SIZE) != 0 ? stat.size : limits.bytes + 1;
    entry.locked = (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE;
    if (!is_leaving(entry.folder, entry.name)) entries.push_back(std::move(entry));
  }
  return entries;
}

// The folder of the file that every package has, or of the uppermost file where there is none.
std::string find_root(const std::vector<ZipEntry>& entries, const PackKind& kind) {
  const auto depth = [](const ZipEntry& entry) { return std::count(entry.folder.begin(), entry.folder.end(), '/'); };
  const ZipEntry* root = nullptr;
  bool second = false;
  for (const ZipEntry& entry : entries) {
    const bool known = entry.name == kind.root;
    const bool root_known = root != nullptr && root->name == kind.root;
    if (root == nullptr || (known && !root_known) || (known == root_known && depth(entry) < depth(*root))) {
      root = &entry;
      second = false;
    } else if (known && root_known && depth(entry) == depth(*root) && entry.folder != root->folder) {
      second = true;
    }
  }
  if (root == nullptr) {
    refuse_zip({"the ZIP is empty", "빈 ZIP 파일입니다"},
               {fmt::format("pack the files of the {}", kind.called.en),
                fmt::format("{}의 파일을 압축하십시오", kind.called.ko)});
  }
  if (second) {
    refuse_zip({fmt::format("the ZIP holds more than one {}", kind.called.en),
                in_korean("ZIP에 {}[이/가] 둘 이상 들어 있습니다", kind.called.ko)},
               {"send one package at a time", "하나씩 보내십시오"});
  }
  return root->folder;
}

bool is_table(std::string_view name, const PackKind& kind) {
  return is_workbook_name(name) || std::find(kind.files.begin(), kind.files.end(), name) != kind.files.end();
}

// Nothing when the entry is damaged, or is not packed as its head says.
std::optional<std::string> read_entry(zip_t* zip, const ZipEntry& entry) {
  const std::unique_ptr<zip_file_t, CloseZip> file(zip_fopen_index(zip, entry.index, 0));
  if (file == nullptr) return std::nullopt;
  std::string bytes(static_cast<std::size_t>(entry.bytes), '\0');
  std::size_t read = 0;
  while (read < bytes.size()) {
    const zip_int64_t got = zip_fread(file.get(), bytes.data() + read, bytes.size() - read);
    if (got <= 0) return std::nullopt;
    read += static_cast<std::size_t>(got);
  }
  // Only at the end it is known whether the sum is right.
  char more = 0;
  if (zip_fread(file.get(), &more, 1) != 0) return std::nullopt;
  return bytes;
}

}  // namespace

PackedFiles unpack(std::string_view zip, const UnpackLimits& limits, const PackKind& kind) {
  if (workbook::is_workbook(zip)) {
    PackedFiles alone;
    alone.emplace(kind.workbook, zip);
    return alone;
  }
  if (workbook::is_packed_document(zip)) refuse_sent(zip, kind);
  const Zip opened = open_zip(zip, kind);
  const std::vector<ZipEntry> entries = list_entries(opened.get(), limits, kind);
  const std::string root = find_root(entries, kind);
  PackedFiles files;
  Faults faults;
  std::uint64_t left = limits.bytes;
  for (const ZipEntry& entry : entries) {
    if (entry.folder != root) continue;
    if (!is_table(entry.name, kind)) {
      files.try_emplace(entry.name);
      continue;
    }
    const auto refuse = [&](Text what, Text fix) { faults.add({entry.name, 0, "", std::move(what), std::move(fix)}); };
    if (files.contains(entry.name)) {
      refuse({"the ZIP holds this file twice", "ZIP에 같은 파일이 두 번 들어 있습니다"}, {"pack it once", "한 번만 압축하십시오"});
      continue;
    }
    std::string& bytes = files[entry.name];
    if (entry.locked) {
      refuse({"the file is locked with a password", "암호로 잠긴 파일입니다"},
             {"pack it without a password; the connection is encrypted", "암호 없이 압축하십시오. 전송 구간은 암호화됩니다"});
    } else if (entry.bytes > left) {
      refuse({fmt::format("the files of the ZIP have more than {} MB when unpacked", limits.bytes / 1'000'000),
              fmt::format("ZIP을 풀면 {}MB를 넘습니다", limits.bytes / 1'000'000)},
             kind.when_too_large);
    } else if (auto content = read_entry(opened.get(), entry)) {
      left -= entry.bytes;
      bytes = std::move(*content);
    } else {
      refuse({"the file in the ZIP is damaged", "ZIP 안의 파일이 손상되었습니다"}, {"pack it again", "다시 압축하십시오"});
    }
  }
  if (!faults.empty()) throw InvalidInput(std::move(faults));
  return files;
}

}  // namespace hanjari::package
