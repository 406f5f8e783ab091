// RUN: %check %s async-this-across-suspend

// The same classes without coroutines: nothing comes between two statements.

#include <memory>

void wait();
void use(int);

struct Widget : std::enable_shared_from_this<Widget> {
  int Count = 0;
  void paint();

  void reads() {
    use(Count);
    wait();
    use(Count);
  }
  void loops() {
    while (true) {
      paint();
      wait();
    }
  }
  void start() {
    reads();
    (void)shared_from_this();
  }
};
