// RUN: %check %s async-generator-lifetime
// What generators refer to.

#include "task.h"
#include <memory>
#include <string>
#include <string_view>
#include <vector>

app::Generator<char> spell(const std::string &Word) {
  for (char C : Word)
    co_yield C;
}
app::Generator<char> view(std::string_view Word) {
  for (char C : Word)
    co_yield C;
}
app::Generator<char> copy(std::string Word) {
  for (char C : Word)
    co_yield C;
}
app::Generator<char> unused(const std::string &) { co_yield 'x'; }
app::Generator<char> elsewhere(const std::string &Word);
struct Book {
  std::string Title;
  app::Generator<char> letters() {
    for (char C : Title)
      co_yield C;
  }
};
Book make();
std::string text();
int collect(app::Generator<char> G);
void use(char);

void loops() {
  for (char C : spell("x"))
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: a temporary argument is gone when 'spell' uses it: the loop runs the generator, and before C++23 the temporary dies when it begins; keep it in a variable that outlives the generator [async-generator-lifetime]
    use(C);
  for (char C : view(text()))
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: a temporary argument is gone when 'view' uses it: the loop runs the generator, and before C++23 the temporary dies when it begins; keep it in a variable that outlives the generator [async-generator-lifetime]
    use(C);
  for (char C : make().letters())
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the temporary object is gone when 'Book::letters' uses it: the loop runs the generator, and before C++23 the temporary dies when it begins; keep it in a variable that outlives the generator [async-generator-lifetime]
    use(C);
}
void stored() {
  auto G = spell("x");
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: a temporary argument is gone when 'spell' uses it: the generator is stored, and the temporary dies at the end of this statement; keep it in a variable that outlives the generator [async-generator-lifetime]
  for (char C : G)
    use(C);
}
app::Generator<char> returned() { return spell(text()); }
// CHECK-MESSAGES: :[[@LINE-1]]:48: warning: a temporary argument is gone when 'spell' uses it: the generator is returned, and the temporary dies with this statement; keep it in a variable that outlives the generator [async-generator-lifetime]
app::Generator<char> returned_variable(std::string Word) {
  return spell(Word);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'Word' is gone when 'spell' uses it: the generator is returned, and the variable dies with this function; let the generator have it by value [async-generator-lifetime]
}
app::Generator<char> returned_object() {
  Book B;
  return B.letters();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'B' is gone when 'Book::letters' uses it: the generator is returned, and the variable dies with this function; let the generator have it by value [async-generator-lifetime]
}

void right(const std::string &Word) {
  std::string Own = "x";
  for (char C : spell(Own))
    use(C);
  for (char C : spell(Word))
    use(C);
  for (char C : copy("x"))
    use(C);
  for (char C : view("x"))
    use(C);
  for (char C : unused("x"))
    use(C);
  for (char C : elsewhere("x"))
    use(C);
  collect(spell("x"));
  auto G = spell(Own);
}
app::Generator<char> right_returned(const std::string &Word) {
  return spell(Word);
}
