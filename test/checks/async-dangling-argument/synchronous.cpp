// RUN: %check %s async-dangling-argument
// The code of the other tests made synchronous: a function has returned when
// its arguments die.

#include <string>
#include <string_view>
#include <vector>

void nap();
void use(std::string_view);

int fetch(const std::string &url) {
  nap();
  use(url);
  return int(url.size());
}
int parse(std::string_view text) { return int(text.size()); }

struct Client {
  std::string Name;
  int fetch() {
    nap();
    use(Name);
    return 0;
  }
};

int stored() {
  auto A = fetch("x");
  auto B = parse(std::string("x"));
  auto C = Client().fetch();
  std::vector<int> All;
  All.push_back(fetch("x"));
  All.push_back(fetch("x"));
  return A + B + C;
}
int returned() { return fetch("x"); }
