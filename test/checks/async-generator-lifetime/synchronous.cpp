// RUN: %check %s async-generator-lifetime
// The code of the other tests made synchronous.

#include <string>

const std::string &spell(const std::string &Word);
std::string copy(const std::string &Word) { return Word; }
void use(char);

void loops(const std::string &Word) {
  for (char C : copy("x"))
    use(C);
  for (char C : spell(Word))
    use(C);
}
