// RUN: %check %s async-scope-outlives-locals
// The code of the other tests made synchronous.

#include <functional>
#include <string>
#include <vector>

int size_of(const std::string &Text);
void on_message(std::function<void(const std::string &)> Handler);

int in_a_container(const std::string &Text) {
  std::vector<int> All;
  for (int I = 0; I != 3; ++I)
    All.push_back(size_of(Text));
  int Sum = 0;
  for (int N : All)
    Sum += N;
  return Sum;
}
void callbacks() {
  on_message([](const std::string &Text) { size_of(Text); });
}
