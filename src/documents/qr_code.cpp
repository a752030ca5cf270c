#include "documents/qr_code.h"

#include <memory>

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
  const int side = code->width;
  const double module = area.width / (side + 2 * quiet_zone);
  std::vector<Rectangle> dark;
  for (int row = 0; row < side; ++row) {
    // Runs of dark modules as one rectangle each: no hairline gaps between them, and fewer of them.
    for (int column = 0; column < side;) {
      int end = column;
      while (end < side && (code->data[row * side + end] & 1) != 0) ++end;
      if (end > column) {
        dark.push_back({area.x + (column + quiet_zone) * module, area.y + (row + quiet_zone) * module,
                        (end - column) * module, module * 1.01});
      }
      column = end + 1;
    }
  }
  pdf.fill_all(dark, black);
}

}  // namespace hanjari::documents
