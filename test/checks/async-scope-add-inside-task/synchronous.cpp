// RUN: %check %s async-scope-add-inside-task
// The code of basic.cpp made synchronous.

struct WaitGroup {
  void add(int n);
  void done();
  void wait();
};
void chunk();
void run() {
  WaitGroup group;
  auto part = [&] {
    group.add(1);
    chunk();
    group.done();
  };
  part();
  group.wait();
}
