// Korean that was read as Western letters, and names that only look a little like it.
#include "hanjari/base/misread_korean.h"

#include <gtest/gtest.h>

#include "hanjari/base/typed_text.h"

namespace hanjari {
namespace {

// Red: all of these were taken as names, and printed.
TEST(MisreadKorean, IsKnownInUtf8AndCp949AndAfterItWasCleaned) {
  for (const char* text : {
           "ë¥˜ì\u00a0•ì§„",                                // UTF-8 as Windows shows it
           "ë¥\u0098ì\u00a0\u0095ì§\u0084",                 // and as ISO 8859-1
           "í•œë¹›ê³\u00a0ë“±í•™êµ\u0090",
           "ì„œìš¸íŠ¹ë³„ì‹œ ì¢…ë¡œêµ¬ ìž\u0090í•˜ë¬¸ë¡œ 12",  // an address with a number
           "ì„œìš¸ Aë\u008f™",                               // with a letter
           "·ùÁ¤Áø",                                        // CP949
           "ÇÑºû°íµîÇÐ±³",
       }) {
    EXPECT_TRUE(is_misread_korean(text)) << text;
    EXPECT_TRUE(is_misread_korean(clean_line(text))) << text;
  }
}

TEST(MisreadKorean, IsNoNameWithAccentsAndNoKorean) {
  for (const char* text : {"", "류정진", "O’Brien-Smith, José", "Zoë", "Noël", "Zoë’s Chloë’s", "Fête de la Forêt", "Núñez", "Åsa Ö",
                           "Ñ", "ÀÉ", "김하늘 (Zoë)", "…", "· 제1고사장", "±5 °C", "12°30′", "ê", "São Tomé e Príncipe", "李明", "こんにちは",
                           "Nguyễn Thị Ánh", "Привет", "1–2층", "“본관”", "¿Sí? «Aquí»", "Sí… allí…", "····", "°°°°"}) {
    EXPECT_FALSE(is_misread_korean(text)) << text;
  }
}

}  // namespace
}  // namespace hanjari
