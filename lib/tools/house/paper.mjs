/** The calm block in the terminal: one line per long step, with its seconds, then the address. */
export function openPaper(out = process.stdout) {
  let step = null
  let opened = false

  function open() {
    if (!opened) out.write('\n  Throughline 纲举\n\n')
    opened = true
  }

  function finishStep() {
    if (!step) return
    const seconds = (performance.now() - step) / 1000
    out.write(` ${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s\n`)
    step = null
  }

  return {
    /** A long step begins; the one before is over. */
    begin(line) {
      open()
      finishStep()
      out.write(`  ${line} ...`)
      step = performance.now()
    },
    done: finishStep,
    address(url, { dev, dataDir, note }) {
      open()
      finishStep()
      if (note) out.write(`  ${note}\n`)
      out.write(
        `\n  Open   ${url}\n  Data   ${dataDir}\n  End    Ctrl-C${dev ? '   (development: pages reload by themselves)' : ''}\n\n`,
      )
    },
    ending() {
      open()
      finishStep()
      out.write('  Ending ...')
      step = performance.now()
    },
    farewell() {
      finishStep()
    },
    sorry(sentence) {
      if (step) out.write('\n')
      step = null
      process.stderr.write(`\n  ${sentence}\n\n`)
    },
  }
}
