// RUN: %check %s async-throwing-fiber
// The code of basic.cpp made synchronous: a function that is called at once.

#include <functional>
#include <string>

using Handler = std::function<std::string(int)>;
void reply(const std::string &);
template <class F> void spawn(F Function) { Function(1); }

void lambda(Handler H) {
  spawn([H](int Yield) { reply(H(Yield)); });
}
