// RUN: %check %s async-throwing-cleanup

// The same code without coroutines.

#include <stdexcept>

namespace gsl {
template <class F> class final_action {
public:
  explicit final_action(F Function) : Function(Function) {}

  ~final_action() noexcept { Function(); }
  F Function;
};
template <class F> final_action<F> finally(F Function) {
  return final_action<F>(Function);
}
} // namespace gsl

struct Slot {
  void give_back() {
    if (Taken)
      throw std::runtime_error("taken");
  }
  bool Taken = false;
};
void work();

void of_the_project(Slot &S) {
  auto Back = gsl::finally([&S] { S.give_back(); });
  work();
}
