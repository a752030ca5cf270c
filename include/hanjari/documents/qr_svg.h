// QR codes for pages.
#pragma once

#include <string>

namespace hanjari::documents {

// The text's code (error correction M) with its quiet zone as an SVG element without styles: black squares on white.
// `label` is read out in its place. Throws InvalidInput (qr_too_long).
std::string render_qr_svg(const std::string& text, const std::string& label);

}  // namespace hanjari::documents
