// RUN: %check %s async-overlapping-events
// The code of basic.cpp made synchronous.

class Tab {
public:
  void on_event(int Window) { handle(Window); }

private:
  void handle(int Window) {
    if (Captured == Window)
      return;
    if (capture(Window))
      Captured = Window;
  }
  bool capture(int);
  int Captured = 0;
};
