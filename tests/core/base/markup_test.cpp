#include "hanjari/base/markup.h"

#include <gtest/gtest.h>

namespace hanjari {
namespace {

TEST(Markup, LetsNoTextBeginATagOrEndAValue) {
  EXPECT_EQ(escape_markup("a < b && c > \"d\" 한자리"), "a &lt; b &amp;&amp; c &gt; &quot;d&quot; 한자리");
  EXPECT_EQ(escape_markup("&lt;"), "&amp;lt;");
  EXPECT_EQ(escape_markup(""), "");
}

}  // namespace
}  // namespace hanjari
