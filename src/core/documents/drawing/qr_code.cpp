#include "documents/drawing/qr_code.h"

#include <memory>
#include <vector>

#include <qrencode.h>

#include "hanjari/base/error.h"

namespace hanjari::documents {

void draw_qr_code(PdfDocument& pdf, const std::string& text, Rectangle area) {
  const std::unique_ptr<QRcode, void (*)(QRcode*)> code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M),
                                                        QRcode_free);
  if (code == nullptr) {
    throw InvalidInput("qr_too_long", {"the address for the QR code is too long", "QR 코드에 넣을 주소가 너무 깁니다"});
  }
  constexpr int quiet_zone = 4;  // modules, as the standard asks
  // Several squares a module: screens and printers that make the image smaller then mix greys at the edges, and do not
  // leave out rows.
  constexpr int fine = 3;
  const int side = (code->width + 2 * quiet_zone) * fine;
  std::vector<bool> dark(static_cast<std::size_t>(side) * static_cast<std::size_t>(side));
  for (int row = 0; row < code->width * fine; ++row) {
    for (int column = 0; column < code->width * fine; ++column) {
      dark[static_cast<std::size_t>((row + quiet_zone * fine) * side + column + quiet_zone * fine)] =
          (code->data[row / fine * code->width + column / fine] & 1) != 0;
    }
  }
  pdf.squares(area, side, dark);
}

}  // namespace hanjari::documents
