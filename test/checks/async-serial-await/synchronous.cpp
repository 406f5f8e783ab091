// RUN: %check %s async-serial-await
// The code of basic.cpp made synchronous.

#include <vector>

struct Connection {
  void stop();
};
int load(int);

void stop(std::vector<Connection> &All) {
  for (auto &Each : All)
    Each.stop();
}
int sum() {
  auto A = load(1);
  auto B = load(2);
  return A + B;
}
