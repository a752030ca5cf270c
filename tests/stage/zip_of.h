// A ZIP file made in memory, as an officer's computer packs a folder.
#pragma once

#include <zip.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/base/file.h"

namespace hanjari::tests {

// Names and contents, in this order. With a password the contents are encrypted.
inline std::string zip_of(const std::vector<std::pair<std::string, std::string>>& files,
                          const std::string& password = {}) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_t* zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  if (zip == nullptr) throw std::runtime_error(zip_error_strerror(&error));
  zip_source_keep(target);
  for (const auto& [name, content] : files) {
    zip_source_t* source = zip_source_buffer(zip, content.data(), content.size(), 0);
    const zip_int64_t at = zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (at < 0) throw std::runtime_error(zip_strerror(zip));
    // The same files are the same bytes whenever they are packed.
    zip_file_set_mtime(zip, static_cast<zip_uint64_t>(at), 1'622'505'600, 0);
    if (!password.empty())
      zip_file_set_encryption(zip, static_cast<zip_uint64_t>(at), ZIP_EM_AES_256, password.c_str());
  }
  if (zip_close(zip) != 0) throw std::runtime_error(zip_strerror(zip));
  zip_source_open(target);
  zip_source_seek(target, 0, SEEK_END);
  std::string bytes(static_cast<std::size_t>(zip_source_tell(target)), '\0');
  zip_source_seek(target, 0, SEEK_SET);
  zip_source_read(target, bytes.data(), bytes.size());
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

// The files of a folder, under `inside` ("exam/", or nothing).
inline std::string zip_of_folder(const std::filesystem::path& folder, const std::string& inside = {}) {
  std::vector<std::pair<std::string, std::string>> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_regular_file()) files.emplace_back(inside + entry.path().filename().string(), read_file(entry.path()));
  }
  return zip_of(files);
}

}  // namespace hanjari::tests
