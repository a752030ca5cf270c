// Small comforts; every page works without them.
'use strict';

// Errors are read out and reached first.
const errors = document.getElementById('errors');
if (errors) errors.focus();

// Copying an address, where the browser lets us.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll('button[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      const words = button.textContent;
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = words; }, 2000);
    });
  }
}
