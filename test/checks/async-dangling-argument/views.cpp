// RUN: %check %s async-dangling-argument
// Views of libraries and of the project.

#include "task.h"
#include <string>

namespace folly {
template <class Iterator> class Range {
public:
  Range(const char *text);
  Range(const std::string &text);
  Range sub(int from) const;
};
using StringPiece = Range<const char *>;
} // namespace folly

namespace kj {
class String {
  char *Text;

public:
  ~String();
};
class StringPtr {
public:
  StringPtr(const char *text);
  StringPtr(const String &text);
};
String str(int);
} // namespace kj

struct [[gsl::Pointer(char)]] Marked {
  Marked(const std::string &text);
};
struct Unmarked {
  Unmarked(const std::string &text);
};
struct [[gsl::Owner(char)]] Buffer {
  char *Text;
  ~Buffer();
  operator Marked() const;
};

app::Task<> nap();
template <class T> void use(const T &);

app::Task<> piece(folly::StringPiece s) {
  co_await nap();
  use(s);
}
app::Task<> pointer(kj::StringPtr s) {
  co_await nap();
  use(s);
}
app::Task<> marked(Marked s) {
  co_await nap();
  use(s);
}
app::Task<> unmarked(Unmarked s) {
  co_await nap();
  use(s);
}

std::string make();
const std::string &get();
const std::string &longest(const std::string &a [[clang::lifetimebound]],
                           const std::string &b [[clang::lifetimebound]]);
const std::string &named(const std::string &);
app::Task<> text(const std::string &s) {
  co_await nap();
  use(s);
}

void calls() {
  auto A = piece(make());
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: temporary 'std::string' is gone when 'piece' uses it: the task is stored, and the temporary dies at the end of this statement; keep the argument in a variable that outlives the task, or await the call at once [async-dangling-argument]
  auto B = piece("text");
  auto C = piece(get());
  auto D = piece(folly::StringPiece(make()).sub(1));
  // CHECK-MESSAGES: :[[@LINE-1]]:45: warning: temporary 'std::string' is gone when 'piece' uses it: the task is stored
  auto E = pointer(kj::str(1));
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: temporary 'kj::String' is gone when 'pointer' uses it: the task is stored
  auto F = pointer("text");
  auto G = marked(make());
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: temporary 'std::string' is gone when 'marked' uses it: the task is stored
  auto H = marked(Buffer());
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: temporary 'Buffer' is gone when 'marked' uses it: the task is stored
  auto I = unmarked(make());
  auto J = text(longest(make(), get()));
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: temporary 'std::string' is gone when 'text' uses it: the task is stored
  auto K = text(named(make()));
}
