// Names on papers that lie open.
#pragma once

#include <string>
#include <string_view>

namespace hanjari::documents {

// Of every word the first and the last letter remain, of two letters the first: 홍길동 -> 홍○동, 김산 -> 김○,
// Ann Lee -> A○n L○e. A single letter stays; however long the word, there are at most three circles. `name` is valid
// UTF-8.
std::string masked_name(std::string_view name);

}  // namespace hanjari::documents
