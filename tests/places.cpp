#include "places.h"

namespace hanjari::tests {

const char* const source_dir = HANJARI_SOURCE_DIR;
const char* const binary_dir = HANJARI_BINARY_DIR;
const char* const program_file = HANJARI_PROGRAM;

}  // namespace hanjari::tests
