#pragma once

namespace hanjari::tests {

// Where the tests find the repository, the folder it is built in and the built program; absolute paths. They are values of one source file, so that a
// compiler's cache serves every checkout: a path on each command line would make every object of every test differ.
extern const char* const source_dir;
extern const char* const binary_dir;
extern const char* const program_file;

}  // namespace hanjari::tests
