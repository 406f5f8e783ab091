// RUN: %check %s async-unawaited-on-path
// The code of seastar.cpp made synchronous.

int load();
void step();
bool ok(int);

int early_exit(int number) {
  auto value = load();
  if (!ok(number))
    return 1;
  return value;
}
int of_a_loop(int number) {
  for (int i = 0; i < number; ++i) {
    auto value = load();
    if (!ok(number))
      continue;
    number += value;
  }
  return 1;
}
