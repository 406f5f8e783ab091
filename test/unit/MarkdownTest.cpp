//===-- MarkdownTest.cpp - Pages of checks as HTML ------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/formats/Markdown.h"
#include "gtest/gtest.h"

using namespace async_tidy;

namespace {

TEST(Markdown, ParagraphsFlow) {
  EXPECT_EQ(asHtml("# Title\n\nOne\ntwo.\n\nThree.\n"),
            "<p>One\ntwo.\n</p>\n<p>Three.\n</p>\n");
}

TEST(Markdown, HeadingsAndLists) {
  EXPECT_EQ(asHtml("## Why `x`\n- one\n  more\n- two\n\nText\n"),
            "<h3>Why <code>x</code></h3>\n"
            "<ul><li>one\nmore\n<li>two\n</ul>\n<p>Text\n</p>\n");
}

TEST(Markdown, CodeIsLeftAsItIs) {
  EXPECT_EQ(asHtml("```cpp bad\n# a\n\n- `b` [c](d) <e>\n```\nText\n"),
            "<pre><i>// bad</i>\n# a\n\n- `b` [c](d) &lt;e&gt;\n</pre>\n"
            "<p>Text\n</p>\n");
}

TEST(Markdown, Tables) {
  EXPECT_EQ(asHtml("| A | B |\n|---|---|\n| 1 | `2` |\n\nText\n"),
            "<table><tr><th>A</th><th>B</th></tr>\n"
            "<tr><td>1</td><td><code>2</code></td></tr>\n</table>\n"
            "<p>Text\n</p>\n");
}

TEST(Markdown, LinksAndOtherBrackets) {
  EXPECT_EQ(asHtml("a [`b` c](../d.md#e) [f] \303\244<\n"),
            "<p>a <code>b</code> c [f] \303\244&lt;\n</p>\n");
}

} // namespace
