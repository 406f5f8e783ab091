// RUN: %check %s async-blocking-slot

// Without coroutines, there is nothing to await.

#include <QtCore>

class Window : public QObject {
  Q_OBJECT
public:
  Q_INVOKABLE void activate(QProcess &process) { process.waitForFinished(); }
};
