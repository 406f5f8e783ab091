// RUN: %check %s async-work-in-destructor
// The code of basic.cpp made synchronous.

class Journal {
public:
  ~Journal() { (void)flush(); }

private:
  int flush() {
    write();
    Pending = 0;
    return 1;
  }
  void write();
  int Pending = 0;
};
