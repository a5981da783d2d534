/* writeout LIST OUT: write the files named in LIST ("size path" lines) below OUT, whose folders
   exist. Open, write, close: the floor under any generator that writes this tree. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int count, char **given) {
  FILE *list = count == 3 ? fopen(given[1], "r") : NULL;
  if (!list || chdir(given[2])) return 2;
  size_t size, room = 1 << 20;
  char path[4001], *words = malloc(room);
  memset(words, 'x', room);
  while (fscanf(list, "%zu %4000s", &size, path) == 2) {
    if (size > room) {
      words = realloc(words, size);
      memset(words, 'x', size);
      room = size;
    }
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (file < 0 || write(file, words, size) != (ssize_t)size) return 1;
    close(file);
  }
  return 0;
}
