#include "hanjari/documents/qr_svg.h"

#include <qrencode.h>

#include <memory>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/markup.h"

namespace hanjari::documents {
namespace {

constexpr int quiet_zone = 4;

}  // namespace

std::string render_qr_svg(const std::string& text, const std::string& label) {
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M),
                                                             &QRcode_free);
  if (!code) {
    throw InvalidInput("qr_too_long", {"the text does not fit in a QR code", "QR 코드에 담기에는 내용이 너무 깁니다"});
  }
  const int side = code->width + 2 * quiet_zone;
  std::string squares;
  for (int row = 0; row < code->width; ++row) {
    for (int column = 0; column < code->width; ++column) {
      if ((code->data[row * code->width + column] & 1U) != 0)
        squares += fmt::format("M{} {}h1v1h-1z", column + quiet_zone, row + quiet_zone);
    }
  }
  return fmt::format(
      R"(<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges"><rect width="{0}" height="{0}" fill="#fff"/><path d="{2}" fill="#000"/></svg>)",
      side, escape_markup(label), squares);
}

}  // namespace hanjari::documents
