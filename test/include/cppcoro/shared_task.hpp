#include "task.hpp"
